import type { CommandInput } from "@tongdai/shared";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../ids.ts";
import { ask, journalOf, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers, listCannedReplies } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("canned replies on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());
  beforeEach(() => ctx.store.write((tx) => tx.db.deleteFrom("canned_reply").execute()));

  const save = async (input: CommandInput<"canned_reply.save">) =>
    (await ask(ctx, s.lan, { name: "canned_reply.save", handler: handlers["canned_reply.save"], input }))
      .cannedReply;
  const remove = (id: string) =>
    ask(ctx, s.lan, { name: "canned_reply.remove", handler: handlers["canned_reply.remove"], input: { id } });
  const list = () => listCannedReplies(ctx.store);

  test("saved, changed, removed: each is told to everybody", async () => {
    const before = (await journalOf(ctx, "canned_reply.saved")).length;
    const hello = await save({ shortcut: "chào", text: "Dạ em chào anh chị" });
    await save({ id: hello.id, shortcut: "chao", text: "Dạ em chào anh chị ạ" });
    expect(await list()).toEqual([
      { id: hello.id, shortcut: "chao", text: "Dạ em chào anh chị ạ", version: 2 },
    ]);
    await remove(hello.id);
    await remove(hello.id);
    expect(await list()).toEqual([]);
    const rows = await journalOf(ctx, "canned_reply.saved");
    expect(rows.length).toBe(before + 2);
    expect(rows.at(-1)?.scopes).toEqual(["org"]);
    expect(await journalOf(ctx, "canned_reply.removed")).toHaveLength(1);
  });

  test("whoever changes or removes what others use is noted, with what was there before", async () => {
    await ctx.store.write((tx) => tx.db.deleteFrom("audit").execute());
    const { id } = await save({ shortcut: "gio", text: "8 giờ" });
    await save({ id, shortcut: "gio", text: "8 giờ" });
    await save({ id, shortcut: "gio", text: "9 giờ" });
    await remove(id);
    await remove(id);
    const rows = await ctx.store.db.selectFrom("audit").selectAll().orderBy("id").execute();
    expect(rows.map((r) => [r.action, r.actor_id, r.target, JSON.parse(r.detail)])).toEqual([
      ["canned_reply.saved", s.lan.userId, id, { shortcut: "gio", text: "8 giờ" }],
      ["canned_reply.saved", s.lan.userId, id, { shortcut: ["gio", "gio"], text: ["8 giờ", "9 giờ"] }],
      ["canned_reply.removed", s.lan.userId, id, { shortcut: "gio", text: "9 giờ" }],
    ]);
  });

  test("a shortcut belongs to one reply", async () => {
    const a = await save({ shortcut: "a", text: "A" });
    const b = await save({ shortcut: "b", text: "B" });
    await expect(save({ shortcut: "a", text: "khác" })).rejects.toMatchObject({ code: "conflict" });
    await expect(save({ id: b.id, shortcut: "a", text: "B" })).rejects.toMatchObject({ code: "conflict" });
    expect(await list()).toEqual([a, b]);
  });

  test("the same reply saved twenty times at once is one", async () => {
    const saved = await Promise.all(Array.from({ length: 20 }, () => save({ shortcut: "mot", text: "Một" })));
    expect(new Set(saved.map((r) => r.id)).size).toBe(1);
    expect(await list()).toEqual([saved[0]]);
  });

  test("a reply that is not there cannot be changed", async () => {
    await expect(save({ id: newId(), shortcut: "x", text: "X" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
