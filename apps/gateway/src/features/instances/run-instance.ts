import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { beat, removeInstances, retireInstance } from "../../store/instances.ts";
import { routingTurn } from "../../store/routing.ts";
import { type Wakeable, wakeable } from "../../wakeable.ts";
import { loseAbsent, losePeople } from "../interactions/index.ts";
import { lookAtClock } from "./follow-clock.ts";
import { deadOnes, othersOf } from "./others.ts";
import { BEAT_MS, LONE_BEAT_MS } from "./times.ts";

export interface Instance {
  /** Before anything else runs: makes itself known, and settles what dead instances left. */
  enter(): Promise<void>;
  /** Says from now on that it lives, and looks after the others. */
  start(): void;
  idle(): Promise<void>;
  /** Lets the others take over at once. */
  close(): Promise<void>;
}

/**
 * One of the gateways on a store. It holds a lease that it renews; when the lease of another has run out, its agents are lost
 * (unless they have come back elsewhere) and what it would have done next is woken here. @param onForgotten the others took
 * this one for dead: whoever is connected must be told again
 */
export function runInstance(ctx: () => Ctx, onForgotten: () => void): Instance {
  const loop: Wakeable = wakeable({
    name: "the instance's lease",
    deps: ctx,
    async pass() {
      const { store, clock, instanceId } = ctx();
      if (!(await store.write((tx) => beat(tx, instanceId, clock.now())))) onForgotten();
      if (store.engine === "sqlite") return LONE_BEAT_MS;
      if ((await deadOnes(store, ctx())).length > 0) await store.write((tx) => bury(tx, ctx()));
      return BEAT_MS;
    },
  });

  return {
    enter: () =>
      ctx().store.write(async (tx) => {
        const { instanceId, clock } = ctx();
        const others = await othersOf(tx, ctx());
        await lookAtClock(
          tx,
          ctx(),
          others.map((o) => o.wall_at),
        );
        await bury(tx, ctx());
        await loseAbsent(tx, ctx());
        await beat(tx, instanceId, clock.now());
      }),
    start: loop.wake,
    idle: loop.idle,
    async close() {
      await loop.close();
      if (ctx().store.engine === "postgres")
        await ctx().store.write((tx) => retireInstance(tx, ctx().instanceId));
    },
  };
}

async function bury(tx: Tx, ctx: Ctx): Promise<void> {
  await routingTurn(tx);
  const dead = await deadOnes(tx, ctx);
  if (dead.length === 0) return;
  await losePeople(tx, ctx, await removeInstances(tx, dead));
  // What the dead one had committed and not yet acted upon.
  for (const wake of [ctx.wake.router, ctx.wake.outbox, ctx.wake.timers]) tx.afterCommit(wake);
}
