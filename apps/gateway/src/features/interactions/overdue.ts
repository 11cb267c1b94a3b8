import { AgentStateName, type StateRules } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { agentById, updateAgent } from "../../store/people.ts";
import type { AgentStateRow } from "../../store/schema.ts";
import { cancelTimer, setTimer } from "../timers/index.ts";
import { readStateRules } from "./state-rules.ts";

/** Notes when the longest time of the state that somebody has come to is over. */
export async function timeState(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  const agent = await agentById(tx, userId);
  if (!agent) return;
  const over_at = overAt(await readStateRules(tx), agent);
  const timer = { kind: "state_over", subjectId: userId };
  if (over_at === agent.over_at) return;
  await updateAgent(tx, userId, { over_at });
  if (over_at === null) await cancelTimer(tx, timer);
  else await setTimer(tx, ctx, { ...timer, dueAt: over_at });
}

/** When the longest time of an agent's state is over; `null`: it has none. */
export function overAt(rules: StateRules, agent: AgentStateRow): number | null {
  const minutes = longest(rules, agent);
  return minutes === null ? null : agent.since + minutes * 60_000;
}

function longest(rules: StateRules, { state, reason }: AgentStateRow): number | null {
  if (state === "busy") return rules.maxMinutes.busy;
  if (state !== "away") return null;
  if (reason === "missed") return rules.maxMinutes.missed;
  return rules.reasons.find((r) => r.id === reason)?.maxMinutes ?? null;
}

/** Timer `state_over`: the longest time is over. Agent and supervisors are told; nothing is forced. */
export async function tellOverdue(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  const agent = await agentById(tx, userId);
  const at = ctx.clock.now();
  if (!agent || agent.over_at === null || agent.over_at > at) return;
  tx.journal({
    name: "agent.overstayed",
    at,
    actorId: null,
    scopes: [`user:${userId}`, "floor"],
    data: {
      agentId: userId,
      state: AgentStateName.parse(agent.state),
      reason: agent.reason,
      since: agent.since,
      overAt: agent.over_at,
    },
  });
}
