import type { AgentState } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toAgentState } from "../../presenters/people.ts";
import type { Tx } from "../../store/index.ts";
import { agentById, updateAgent } from "../../store/people.ts";
import { hourOfDay, type VisitTimes } from "./past.ts";

const MINUTE = 60_000;
/** From how many days ago the demo tells who was there: as far back as its oldest visit. */
export const FIRST_DAY = 28;

/** Hours of a day in Vietnam. */
interface Shift {
  readonly from: number;
  readonly to: number;
  readonly lunchAt: number;
}

const office: Shift = { from: 8, to: 17.5, lunchAt: 12 };
const evening: Shift = { from: 10.5, to: 21.5, lunchAt: 18 };
/** By username; everybody else keeps office hours. */
const shifts: Readonly<Record<string, Shift>> = { minh: evening };

type Stood = Pick<AgentState, "state" | "reason"> & { readonly at: number; readonly chats: number };

/**
 * Who was there on the days before today, as the journal would have told it: signed in, at work on the visits of the stories,
 * at lunch, signed out. Whoever was written to outside of their hours had stayed.
 */
export async function writeShifts(
  tx: Tx,
  ctx: Ctx,
  people: readonly { username: string; caller: Caller; visits: readonly VisitTimes[] }[],
): Promise<void> {
  for (const [n, { username, caller, visits }] of people.entries()) {
    const agent = await agentById(tx, caller.userId);
    if (!agent) continue;
    const state = toAgentState(agent);
    let since = state.since;
    for (let daysAgo = FIRST_DAY; daysAgo >= 1; daysAgo--) {
      const shift = shifts[username] ?? office;
      for (const { at, chats, ...stood } of dayOf(ctx.clock.now(), { daysAgo, n, shift, visits })) {
        since = at;
        const told = { ...state, ...stood, since, carries: { ...state.carries, chat: chats } };
        tx.journal({
          name: "agent.changed",
          at,
          actorId: chats > 0 ? null : caller.userId,
          scopes: ["org"],
          data: { agent: told },
        });
      }
    }
    await updateAgent(tx, caller.userId, { since, idle_since: since });
  }
}

/** One agent's day. Nobody comes to the minute, but the same minute at every start of the demo. */
function dayOf(
  now: number,
  o: { daysAgo: number; n: number; shift: Shift; visits: readonly VisitTimes[] },
): Stood[] {
  const { daysAgo, n, shift } = o;
  const hour = (h: number) => hourOfDay(now, { daysAgo, hour: h });
  const minutes = (...of: number[]) => (of.reduce((sum, x) => sum * 31 + x, daysAgo * 7 + n) % 9) * MINUTE;
  const visits = o.visits.filter((v) => v.offeredAt >= hour(0) && v.closedAt < hour(24));
  const lunchFrom = hour(shift.lunchAt) + minutes(1);
  const lunchTo = lunchFrom + 48 * MINUTE + minutes(2);
  const from = Math.min(hour(shift.from) - minutes(3), ...visits.map((v) => v.offeredAt - 10 * MINUTE));
  const to = Math.max(hour(shift.to) + minutes(4), ...visits.map((v) => v.closedAt + 20 * MINUTE));
  const there = { state: "available", reason: null } as const;
  const stood: Stood[] = [
    { ...there, at: from, chats: 0 },
    { state: "away", reason: "lunch", at: lunchFrom, chats: 0 },
    { ...there, at: lunchTo, chats: 0 },
    { state: "offline", reason: null, at: to, chats: 0 },
    ...visits.flatMap((v): Stood[] => [
      { ...there, at: v.offeredAt, chats: 1 },
      { ...there, at: v.closedAt, chats: 0 },
    ]),
  ];
  return stood.sort((a, b) => a.at - b.at);
}
