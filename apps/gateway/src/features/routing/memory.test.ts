import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { insertAgentState, updateAgent } from "../../store/people.ts";
import { person, type Scene, scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { changeAgent } from "../interactions/index.ts";
import type { Memory } from "./memory.ts";
import { readFloor } from "./read-floor.ts";
import { routeWaiting } from "./route-waiting.ts";

describe.each(["sqlite", "postgres"] as const)("what the router remembers, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let memory: Memory;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    memory = { known: null };
    await isThere(s.lan.userId);
  });
  afterEach(() => ctx.close());

  const isThere = (user_id: string, idle_since = 0) =>
    ctx.store.write((tx) =>
      insertAgentState(tx, {
        user_id,
        state: "available",
        reason: null,
        since: 0,
        limit_call: 1,
        limit_chat: 2,
        limit_mail: 5,
        idle_since,
        offered_at: 0,
        lost_at: null,
      }),
    );

  const offers = () => ctx.store.db.selectFrom("offer").select("user_id").execute();
  const routeAll = async () => {
    while (await routeWaiting(ctx, memory));
  };
  const limitRemembered = () => memory.known?.agents.get(s.lan.userId)?.limits.chat;

  test("what changes is known to the next pass, whoever changed it", async () => {
    await work(ctx, s, { queueId: s.care });
    await routeAll();
    expect(await offers()).toHaveLength(1);
    await ctx.store.write((tx) => changeAgent(tx, ctx, { userId: s.lan.userId, change: { limit_chat: 1 } }));
    await work(ctx, s, { queueId: s.care });
    await routeAll();
    expect(await offers()).toHaveLength(1);
    await ctx.store.write((tx) => changeAgent(tx, ctx, { userId: s.lan.userId, change: { limit_chat: 3 } }));
    await routeAll();
    expect(await offers()).toHaveLength(2);
  });

  test("what is remembered wrongly gives nobody more than they can carry, and is put right", async () => {
    await work(ctx, s, { queueId: s.care });
    await routeAll();
    await ctx.store.write((tx) => readFloor(tx, ctx, memory));
    await ctx.store.write((tx) => updateAgent(tx, s.lan.userId, { limit_chat: 1 }));
    expect(limitRemembered()).toBe(2);
    await work(ctx, s, { queueId: s.care });
    await routeAll();
    expect(await offers()).toHaveLength(1);
    expect(limitRemembered()).toBe(1);
    const waiting = await ctx.store.db
      .selectFrom("interaction")
      .select("wait_reason")
      .where("state", "=", "waiting")
      .execute();
    expect(waiting).toEqual([{ wait_reason: "at_capacity" }]);
  });

  test("who waited longest is not passed over when the agent found for them has no room any more", async () => {
    const other = await person(ctx, { roles: ["agent"], queueIds: [s.care] });
    await isThere(other.userId, 1);
    await work(ctx, s, { queueId: s.warranty });
    await ctx.store.write((tx) => readFloor(tx, ctx, memory));
    await ctx.store.write((tx) => updateAgent(tx, s.lan.userId, { state: "busy" }));
    await ctx.store.write((tx) => updateAgent(tx, other.userId, { limit_chat: 1 }));
    const first = await work(ctx, s, { queueId: s.care });
    ctx.clock.advance(1);
    await work(ctx, s, { queueId: s.care });
    await routeAll();
    const made = await ctx.store.db.selectFrom("offer").select(["interaction_id", "user_id"]).execute();
    expect(made).toEqual([{ interaction_id: first.interaction.id, user_id: other.userId }]);
  });

  test("a pass that comes to nothing is forgotten, with the journal's numbers that it saw", async () => {
    await work(ctx, s, { queueId: s.care });
    await routeAll();
    await ctx.store
      .write(async (tx) => {
        await updateAgent(tx, s.lan.userId, { limit_chat: 9 });
        await readFloor(tx, ctx, memory);
        throw new Error("the disk is full");
      })
      .catch(() => {});
    expect(memory.known).toBeNull();
    await work(ctx, s, { queueId: s.care });
    await routeAll();
    expect(limitRemembered()).toBe(2);
  });
});
