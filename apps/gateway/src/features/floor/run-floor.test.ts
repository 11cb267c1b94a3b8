import type { FloorChange } from "@tongdai/shared";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../../store/index.ts";
import { insertAgentState, updateAgent } from "../../store/people.ts";
import { type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { type Floor, runFloor } from "./run-floor.ts";

let ctx: TestCtx;
let floor: Floor;
let isBroken: boolean;
let agents: Scene;
let toldFirst: string[];
let toldAll: FloorChange[];

beforeEach(async () => {
  ctx = await testCtx();
  agents = await scene(ctx);
  await ctx.store.write((tx) =>
    insertAgentState(tx, {
      user_id: agents.lan.userId,
      state: "available",
      reason: null,
      since: 0,
      limit_call: 1,
      limit_chat: 2,
      limit_mail: 5,
      idle_since: 0,
      offered_at: 0,
      lost_at: null,
    }),
  );
  isBroken = false;
  toldFirst = [];
  toldAll = [];
  const { store } = ctx;
  const flaky = Object.create(store, {
    db: {
      get() {
        if (isBroken) throw new Error("the store is away");
        return store.db;
      },
    },
  }) as Store;
  floor = runFloor(() => ({ ...ctx, store: flaky }), {
    first: (ids) => void toldFirst.push(...ids),
    all: (change) => void toldAll.push(change),
  });
});
afterEach(async () => {
  await floor.close();
  await ctx.close();
});

async function pass(ms: number): Promise<void> {
  ctx.clock.advance(ms);
  await floor.idle();
}

test("who came while the store was away is told how the floor stands once it is back, though nothing happens", async () => {
  isBroken = true;
  floor.watch("ha");
  await floor.idle();
  await pass(1_000);
  expect(toldFirst).toEqual([]);
  isBroken = false;
  await pass(1_000);
  expect(toldFirst).toEqual(["ha"]);
});

test("who is lost is asked for again when the store was away at the first time", async () => {
  floor.watch("ha");
  await floor.idle();
  expect(toldFirst).toEqual(["ha"]);
  const { userId } = agents.lan;
  await ctx.store.write((tx) => updateAgent(tx, userId, { lost_at: ctx.clock.now() }));
  isBroken = true;
  floor.presenceChanged();
  await pass(400);
  await pass(1_000);
  isBroken = false;
  await pass(1_000);
  expect(toldAll.at(-1)?.agents).toMatchObject([{ userId, lost: true }]);
});
