import type { Ctx } from "@tongdai/gateway";
import { agentBack, agentLost } from "../../../apps/gateway/src/features/interactions/index.ts";
import { setAgentState } from "../../../apps/gateway/src/features/interactions/presence.ts";
import { onSchedule } from "../lib/schedule.ts";
import { callerOf } from "../parts/callers.ts";

export interface Changes {
  /** Nobody: all else goes on as if they changed. */
  readonly userIds: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
}

/** How often somebody was changed: everybody's next change is another one, also from one measurement to the next. */
const turns = new Map<string, number>();

/** People change their state, every other time, or their client goes away and comes back. */
export async function changePeople(ctx: Ctx, o: Changes): Promise<void> {
  const all: Promise<unknown>[] = [];
  await onSchedule({ count: o.perSecond * o.seconds, rate: o.perSecond }, (i) => {
    const userId = o.userIds[i % o.userIds.length];
    if (userId === undefined) return;
    const round = turns.get(userId) ?? 0;
    turns.set(userId, round + 1);
    all.push(i % 2 === 0 ? state(ctx, userId, round) : presence(ctx, userId, round));
  });
  await Promise.all(all);
}

const state = (ctx: Ctx, userId: string, round: number) =>
  setAgentState(ctx, callerOf(userId, "agent", []), {
    state: round % 2 === 0 ? "busy" : "available",
    reason: undefined,
  });

const presence = (ctx: Ctx, userId: string, round: number) =>
  round % 2 === 0 ? agentLost(ctx, userId) : agentBack(ctx, userId);
