import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../ids.ts";
import { diskMedia } from "../../media/disk.ts";
import { insertDelivery } from "../../store/inbound.ts";
import type { Store } from "../../store/index.ts";
import { insertMedia, mediaById } from "../../store/media.ts";
import { changesOf, keepChange } from "../../store/message-changes.ts";
import { scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { keepHouse, sweepFiles } from "./index.ts";

const DAY = 24 * 3_600_000;

describe.each(["sqlite", "postgres"] as const)("files that nothing names, on %s", (engine) => {
  let ctx: TestCtx;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
  });
  afterEach(() => ctx.close());

  const dir = () => join(ctx.config.dataDir, "media");
  const files = () => readdirSync(dir(), { recursive: true, encoding: "utf8" }).filter((n) => n.length > 60);
  const run = () => keepHouse(ctx);
  const age = (days: number) => {
    const at = (ctx.clock.now() - days * DAY) / 1_000;
    for (const name of files()) utimesSync(join(dir(), name), at, at);
  };

  async function uploaded(text: string, o: { days: number; by?: string | null; conversationId?: string }) {
    const stored = await ctx.media.put(Buffer.from(text), { maxBytes: 100 });
    const id = newId();
    await ctx.store.write((tx) =>
      insertMedia(tx, {
        ...stored,
        id,
        name: "tệp.txt",
        thumbnail: 0,
        uploaded_by: o.by === undefined ? "lan" : o.by,
        conversation_id: o.conversationId ?? null,
        created_at: ctx.clock.now() - o.days * DAY,
      }),
    );
    return { id, hash: stored.hash };
  }
  const there = (hash: string) =>
    ctx.media.read(hash).then(
      () => true,
      () => false,
    );

  test("go when they were uploaded long ago and never sent; what is sent, drafted, received or new stays", async () => {
    const s = await scene(ctx);
    const { conversationId } = await work(ctx, s, { queueId: s.care });
    const forgotten = await uploaded("quên", { days: 31 });
    const fresh = await uploaded("mới", { days: 29 });
    const sent = await uploaded("đã gửi", { days: 900, conversationId });
    const avatar = await uploaded("ảnh đại diện", { days: 900, by: null });
    const drafted = await uploaded("trong bản nháp", { days: 900 });
    await ctx.store.write((tx) =>
      tx.db
        .insertInto("draft")
        .values({
          conversation_id: conversationId,
          user_id: s.lan.userId,
          text: "",
          media_ids: JSON.stringify([drafted.id]),
          reply_to_id: null,
          note: 0,
          privately: 0,
          saved_at: 0,
        })
        .execute(),
    );
    const twice = await uploaded("đã gửi", { days: 31 });
    age(31);
    await run();
    await sweepFiles(ctx);
    expect(await mediaById(ctx.store, forgotten.id)).toBeUndefined();
    expect(await there(forgotten.hash)).toBe(false);
    expect(await mediaById(ctx.store, twice.id)).toBeUndefined();
    for (const kept of [fresh, sent, avatar, drafted]) expect(await there(kept.hash)).toBe(true);
  });

  test("what happened to messages and customers that did not come within two weeks goes", async () => {
    const keep = (external_id: string, days: number) =>
      ctx.store.write((tx) =>
        keepChange(tx, {
          account_id: "a",
          external_id,
          kind: "read",
          rank: 1,
          value: null,
          kept_at: ctx.clock.now() - days * DAY,
        }),
      );
    await keep("lạ lâu", 15);
    await keep("lạ mới", 13);
    await run();
    expect(await changesOf(ctx.store, "a", "lạ lâu")).toEqual([]);
    expect(await changesOf(ctx.store, "a", "lạ mới")).toHaveLength(1);
  });

  test("killed between row and file: the row is gone, the file follows the next time", async () => {
    const { id, hash } = await uploaded("nửa chừng", { days: 31 });
    age(31);
    await run();
    expect(await mediaById(ctx.store, id)).toBeUndefined();
    expect(await there(hash)).toBe(true);
    const next = { ...ctx, media: await diskMedia(dir()) };
    await sweepFiles(next);
    expect(files()).toEqual([]);
  });

  test("killed between file and row: a file that never got its row goes after a day", async () => {
    await ctx.media.put(Buffer.from("không có dòng nào"), { maxBytes: 100 });
    age(0.5);
    await sweepFiles(ctx);
    expect(files()).toHaveLength(1);
    age(2);
    await sweepFiles(ctx);
    expect(files()).toEqual([]);
  });

  test("uploaded again while they are being removed, they stay", async () => {
    const { hash } = await uploaded("lại lần nữa", { days: 31 });
    age(31);
    await run();
    await ctx.media.sweep({
      before: ctx.clock.now() - DAY,
      named: async () => {
        await uploaded("lại lần nữa", { days: 0 });
        return new Set();
      },
    });
    expect(await there(hash)).toBe(true);
  });
});

describe.each(["sqlite", "postgres"] as const)("bodies of webhooks, on %s", (engine) => {
  let ctx: TestCtx;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
  });
  afterEach(() => ctx.close());

  const came = (n: number, o: { days: number; state?: string }) =>
    ctx.store.write(async (tx) => {
      for (let i = 0; i < n; i++)
        await insertDelivery(tx, {
          id: newId(),
          channel: "facebook",
          webhook_key: "100",
          received_at: ctx.clock.now() - o.days * DAY,
          body: "{}",
          state: o.state ?? "done",
          attempts: 1,
          error: null,
        });
    });
  const left = async () => {
    const rows = await ctx.store.db.selectFrom("delivery").select(["state", "received_at"]).execute();
    return rows.map((r) => [r.state, (ctx.clock.now() - r.received_at) / DAY]);
  };

  test("are kept for thirty days; what failed stays", async () => {
    await came(1, { days: 29.9 });
    await came(1, { days: 30.1 });
    await came(1, { days: 900, state: "quarantined" });
    await keepHouse(ctx);
    expect(await left()).toEqual([
      ["done", 29.9],
      ["quarantined", 900],
    ]);
  });

  test("go five hundred at a time, for others write meanwhile", async () => {
    await came(1_201, { days: 31 });
    const leftAfter: number[] = [];
    const store: Store = {
      ...ctx.store,
      db: ctx.store.db,
      async write(work) {
        const result = await ctx.store.write(work);
        leftAfter.push((await left()).length);
        return result;
      },
    };
    await keepHouse({ ...ctx, store });
    expect([...new Set(leftAfter)]).toEqual([701, 201, 0]);
  });
});
