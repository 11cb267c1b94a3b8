import { membersOf, type Need, type RoutableAgent, type Rules } from "@tongdai/shared";
import type { Queryable, Tx } from "../../store/index.ts";
import { headOf, newsAfter } from "../../store/journal.ts";
import { agentById, allQueues } from "../../store/people.ts";
import { lostAvailable } from "../../store/routing.ts";
import type { QueueRow } from "../../store/schema.ts";
import { readAgents, readIdleChats, readNeeds, readRules, standingOf } from "./read-agents.ts";

/** What a pass knows of rules and people, and the next one need not read again. */
export interface Known {
  /** The journal's number up to which this is true. */
  seq: number;
  readonly rules: Rules;
  readonly queues: ReadonlyMap<string, QueueRow>;
  readonly agents: Map<string, RoutableAgent>;
  /** By channel account, of those whose work asks for skills. */
  readonly needs: ReadonlyMap<string, readonly Need[]>;
  /** Their ids by queue. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** Who is available by their state and has no client: the journal does not tell. */
  lost: ReadonlySet<string>;
  /** Of whom something changed since all lines within their reach were looked through. */
  readonly fresh: Set<string>;
}

/** Empty at first, and after a pass that came to nothing. */
export interface Memory {
  known: Known | null;
}

/** More news than this is slower to follow than to read everybody. */
const MANY = 5_000;

/**
 * Rules and people as they are in this transaction: what is remembered with what the journal says since. Remembered again
 * once it has committed.
 */
export async function recall(tx: Tx, memory: Memory): Promise<Known> {
  const { known: before } = memory;
  memory.known = null;
  const known = (before && (await catchUp(tx, before))) ?? (await readEverything(tx));
  tx.afterCommit(() => {
    memory.known = known;
  });
  return known;
}

async function readEverything(q: Queryable): Promise<Known> {
  const seq = await headOf(q);
  const queues = new Map((await allQueues(q)).map((row) => [row.id, row]));
  const rules = await readRules(q, queues.values());
  const agents = new Map((await readAgents(q, rules)).map((a) => [a.userId, a]));
  const members = membersOf(agents.values());
  const needs = await readNeeds(q);
  const lost = new Set(await lostAvailable(q));
  return { seq, rules, queues, agents, members, needs, lost, fresh: new Set(agents.keys()) };
}

/** Null when something happened that may concern everybody. */
async function catchUp(q: Queryable, known: Known): Promise<Known | null> {
  const news = await newsAfter(q, known.seq, MANY);
  if (news.length === MANY || !news.every(({ name }) => name === "agent.changed" || isOfWork(name)))
    return null;
  const changed = new Set(news.flatMap(({ agentId }) => agentId ?? []));
  const lost = new Set(await lostAvailable(q));
  for (const id of [...lost, ...known.lost]) if (lost.has(id) !== known.lost.has(id)) changed.add(id);
  const idle = await readIdleChats(q, known.rules);
  for (const { userId, carries } of known.agents.values())
    if (carries.idleChats !== (idle.get(userId) ?? 0)) changed.add(userId);
  for (const userId of changed) {
    const row = await agentById(q, userId);
    const was = known.agents.get(userId);
    if (!row || !was) return null;
    known.agents.set(userId, { ...was, ...standingOf(row, idle.get(userId) ?? 0) });
    known.fresh.add(userId);
  }
  known.lost = lost;
  known.seq = news.at(-1)?.seq ?? known.seq;
  return known;
}

/** Of these nouns nothing concerns rules or people; whatever else is told may. */
const workNouns = new Set([
  "message",
  "conversation",
  "interaction",
  "offer",
  "supervisor",
  "mention",
  "call",
  "draft",
  "customer",
  "ticket",
  "ticket_filter",
  "session",
]);

const isOfWork = (name: string): boolean => workNouns.has(name.slice(0, name.indexOf(".")));
