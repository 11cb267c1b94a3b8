import type { Need, RoutableAgent, Rules } from "@tongdai/shared";
import { needsOf } from "../../presenters/accounts.ts";
import { limitsOf, rulesOf, skillsOf } from "../../presenters/people.ts";
import { allAccounts } from "../../store/accounts.ts";
import type { Queryable } from "../../store/index.ts";
import { type AgentRow, allAgents, allMemberships, allWithSkills } from "../../store/people.ts";
import { idleChats } from "../../store/routing.ts";
import type { QueueRow } from "../../store/schema.ts";
import { readCapacity } from "./capacity.ts";

export async function readRules(q: Queryable, queues: Iterable<QueueRow>): Promise<Rules> {
  return {
    queues: new Map([...queues].map((row) => [row.id, { ...rulesOf(row), queueId: row.id }])),
    capacity: await readCapacity(q),
  };
}

/** By channel account, of those whose work asks for skills. */
export const readNeeds = async (q: Queryable): Promise<ReadonlyMap<string, readonly Need[]>> =>
  new Map((await allAccounts(q)).map((a) => [a.id, needsOf(a)] as const).filter(([, n]) => n.length > 0));

/** Everybody who takes part in routing. */
export async function readAgents(q: Queryable, rules: Rules): Promise<RoutableAgent[]> {
  const queuesOf = Map.groupBy(await allMemberships(q), (m) => m.user_id);
  const skillsBy = new Map((await allWithSkills(q)).map((u) => [u.id, u.skills]));
  const idle = await readIdleChats(q, rules);
  return (await allAgents(q)).map((row) => ({
    userId: row.user_id,
    queueIds: queuesOf.get(row.user_id)?.map((m) => m.queue_id) ?? [],
    skills: skillsOf(skillsBy.get(row.user_id) ?? "{}"),
    ...standingOf(row, idle.get(row.user_id) ?? 0),
  }));
}

/** What an agent's own row says; the rest changes only with queues and people. */
export const standingOf = (
  a: AgentRow,
  idle: number,
): Omit<RoutableAgent, "userId" | "queueIds" | "skills"> => ({
  state: stateOf(a),
  limits: limitsOf(a),
  carries: { ...a.carries, idleChats: idle },
  idleSince: a.idle_since,
  offeredAt: a.offered_at,
  phone: a.phone === 1,
});

/** `available`, or what keeps the agent from being asked: `lost` is who said to be there and is not. */
const stateOf = (a: AgentRow): string =>
  a.state === "available" && a.lost_at !== null ? "lost" : (a.reason ?? a.state);

/** By agent, the chats whose customer owes the next word; nobody's where they count like others. */
export const readIdleChats = async (q: Queryable, rules: Rules): Promise<ReadonlyMap<string, number>> =>
  rules.capacity.idleChat < 1 ? idleChats(q) : new Map();
