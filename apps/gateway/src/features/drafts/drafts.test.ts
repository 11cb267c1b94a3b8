import type { CommandInput } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { insertMedia } from "../../store/media.ts";
import { ask, journalOf, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { getDraft, handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("drafts on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let w: Work;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    w = await work(ctx, s, { queueId: s.care });
  });
  afterAll(() => ctx.close());

  const save = (caller: Caller, input: Omit<CommandInput<"draft.save">, "conversationId">) =>
    ask(ctx, caller, {
      name: "draft.save",
      handler: handlers["draft.save"],
      input: { conversationId: w.conversationId, ...input },
    });
  const file = async (caller: Caller, name: string) => {
    const id = newId();
    await ctx.store.write((tx) =>
      insertMedia(tx, {
        id,
        hash: id,
        name,
        mime: "image/png",
        size: 10,
        kind: "image",
        width: 1,
        height: 1,
        thumbnail: 1,
        uploaded_by: caller.userId,
        conversation_id: null,
        created_at: ctx.clock.now(),
      }),
    );
    return id;
  };
  const draft = (caller: Caller) => getDraft(ctx.store, w.conversationId, caller.userId);

  test("each person has a draft of one's own, told to oneself only", async () => {
    await save(s.lan, { text: "Dạ em chào chị" });
    await save(s.lan, { text: "Dạ em chào chị 🙂\u0000 مرحبا", note: true });
    await save(s.ha, { text: "để ý giúp" });
    expect(await draft(s.lan)).toMatchObject({ text: "Dạ em chào chị 🙂 مرحبا", note: true });
    expect(await draft(s.ha)).toMatchObject({ text: "để ý giúp", note: false });
    const rows = await journalOf(ctx, "draft.saved");
    expect(rows.map((r) => r.scopes)).toEqual([
      [`user:${s.lan.userId}`],
      [`user:${s.lan.userId}`],
      [`user:${s.ha.userId}`],
    ]);
    expect(rows.every((r) => r.customer_id === null)).toBe(true);
  });

  test("an empty draft is none, and emptying nothing is not told", async () => {
    await save(s.lan, { text: "x" });
    const before = (await journalOf(ctx, "draft.saved")).length;
    expect(await save(s.lan, { text: "" })).toEqual({ draft: null });
    expect(await save(s.lan, { text: "" })).toEqual({ draft: null });
    expect(await draft(s.lan)).toBeNull();
    expect((await journalOf(ctx, "draft.saved")).length).toBe(before + 1);
  });

  test("to whom it goes is kept without words too: a note or a private answer does not come back as a public one", async () => {
    const kept = await save(s.lan, { text: "", note: true });
    expect(kept).toMatchObject({ draft: { text: "", note: true, privately: false } });
    await save(s.lan, { text: "", privately: true });
    expect(await draft(s.lan)).toMatchObject({ text: "", note: false, privately: true });
    expect(await save(s.lan, { text: "" })).toEqual({ draft: null });
  });

  test("a draft of files without words is one, and names its files in the order given", async () => {
    const first = await file(s.lan, "hoá đơn.png");
    const second = await file(s.lan, "bảo hành.pdf");
    const saved = await save(s.lan, { text: "", mediaIds: [second, first] });
    const media = [
      { mediaId: second, kind: "image", name: "bảo hành.pdf", mime: "image/png", size: 10, thumbnail: true },
      { mediaId: first, kind: "image", name: "hoá đơn.png", mime: "image/png", size: 10, thumbnail: true },
    ];
    expect(saved.draft).toMatchObject({ text: "", media });
    expect(await draft(s.lan)).toMatchObject({ text: "", media });
    const told = (await journalOf(ctx, "draft.saved")).at(-1)?.data ?? "";
    expect(JSON.parse(told)).toMatchObject({ draft: { media } });
  });

  test("a file that somebody else uploaded, or that is not there, is not told of", async () => {
    const theirs = await file(s.ha, "lương.pdf");
    const mediaIds = [theirs, "018f0000-0000-7000-8000-000000000001"];
    expect((await save(s.lan, { text: "x", mediaIds })).draft).toMatchObject({ media: [] });
    expect(await draft(s.lan)).toMatchObject({ text: "x", media: [] });
  });

  test("a conversation that one may not see takes no draft", async () => {
    await expect(save(s.minh, { text: "x" })).rejects.toMatchObject({ code: "not_found" });
    expect(await draft(s.minh)).toBeNull();
  });

  test("twenty saves at once leave one draft", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => save(s.lan, { text: `${i}` })));
    const rows = await ctx.store.db
      .selectFrom("draft")
      .select("text")
      .where("user_id", "=", s.lan.userId)
      .execute();
    expect(rows).toHaveLength(1);
  });
});
