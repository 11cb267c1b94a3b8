import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { journalOf, type Scene, scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { createTicketByRule } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("a ticket by rule on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());

  test("that is called by the customer's name shows no number that stands in it", async () => {
    const w = await work(ctx, s, { queueId: s.care, name: "Chị Lan 0901234567" });
    const ticket = await ctx.store.write((tx) =>
      createTicketByRule(tx, ctx, { interaction: w.interaction, reason: "nobody_there" }),
    );
    expect(ticket.subject).toBe("Chị Lan 0901 *** 567");
    expect((await journalOf(ctx, "ticket.created")).map((r) => r.data).join()).not.toContain("0901234567");
  });
});
