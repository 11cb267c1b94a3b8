import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../ids.ts";
import { ask, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { audit, handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("audit on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    await ctx.store.write((tx) => tx.db.deleteFrom("audit").execute());
  });
  afterEach(() => ctx.close());

  const list = (caller: Scene["admin"], input: { cursor?: string; limit?: number } = {}) =>
    ask(ctx, caller, { name: "audit.list", handler: handlers["audit.list"], input });
  const note = (action: string) =>
    ctx.store.write((tx) =>
      audit(tx, ctx, { actorId: s.admin.userId, action, target: newId(), detail: { n: action } }),
    );

  test("is read newest first, page by page, each row once, also where many happened in one moment", async () => {
    for (let n = 0; n < 7; n++) {
      await note(`thing.${n}`);
      if (n === 4) ctx.clock.advance(1_000);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(s.admin, { limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.rows.map((r) => r.action));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `thing.${n}`));
    expect((await list(s.admin)).rows[0]).toMatchObject({
      actorId: s.admin.userId,
      detail: { n: "thing.6" },
    });
  });

  test("nothing is noted of what did not happen", async () => {
    const failed = ctx.store.write(async (tx) => {
      await audit(tx, ctx, { actorId: null, action: "user.created", target: "x" });
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect((await list(s.admin)).rows).toEqual([]);
  });

  test("a cursor of another list is refused", async () => {
    await expect(list(s.admin, { cursor: "1; drop table audit" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
