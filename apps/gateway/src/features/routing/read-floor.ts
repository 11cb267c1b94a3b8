import {
  ChannelId,
  type Floor,
  type RoutableAgent,
  type Rules,
  type WaitingItem,
  WorkKind,
} from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { limitsOf, rulesOf, skillsOf } from "../../presenters/people.ts";
import type { Queryable, Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { type AgentRow, allAgents, allMemberships, allQueues, allWithSkills } from "../../store/people.ts";
import {
  idleChats,
  keptWork,
  lineLengths,
  type WaitingRow,
  waitingWork,
  workToLookAt,
} from "../../store/routing.ts";
import type { QueueRow } from "../../store/schema.ts";
import { readCapacity } from "./capacity.ts";
import { LIMIT, readLines } from "./read-lines.ts";

const Strings = z.array(z.string());

export interface Look {
  readonly floor: Floor;
  readonly rows: ReadonlyMap<string, WaitingRow>;
  readonly queues: ReadonlyMap<string, QueueRow>;
  /** Whether there may be waiting work within reach of somebody with room that was not read. */
  readonly more: boolean;
}

/** Everything that the next decisions depend on: of the waiting work only what somebody may take now or nobody has looked at. */
export async function readFloor(tx: Tx, ctx: Ctx): Promise<Look> {
  const queues = new Map((await allQueues(tx)).map((q) => [q.id, q]));
  const rules = await readRules(tx, queues.values());
  const agents = await readAgents(tx, rules);
  const toLookAt = await workToLookAt(tx, LIMIT);
  const lines = await readLines(tx, ctx, { agents, rules });
  const rows = new Map([...toLookAt, ...lines.rows, ...(await keptWork(tx))].map((row) => [row.id, row]));
  return {
    floor: {
      waiting: [...rows.values()].map((row) => toItem(row, ctx)),
      agents,
      rules,
      now: ctx.clock.now(),
      ...(await readLengths(tx, rules)),
    },
    rows,
    queues,
    more: lines.more || toLookAt.length === LIMIT,
  };
}

/** The floor as it is for one piece of work; nothing waits on it when that does not wait. */
export async function readFloorOf(q: Queryable, ctx: Ctx, interactionId: string): Promise<Floor> {
  const row = await waitingWork(q, interactionId);
  const rules = await readRules(q, await allQueues(q));
  return {
    waiting: row ? [toItem(row, ctx)] : [],
    agents: row ? await readAgents(q, rules) : [],
    rules,
    now: ctx.clock.now(),
    ...(await readLengths(q, rules)),
  };
}

async function readRules(q: Queryable, queues: Iterable<QueueRow>): Promise<Rules> {
  return {
    queues: new Map([...queues].map((row) => [row.id, { ...rulesOf(row), queueId: row.id }])),
    capacity: await readCapacity(q),
  };
}

async function readLengths(q: Queryable, rules: Rules): Promise<Pick<Floor, "lengths">> {
  const looksAtLength = [...rules.queues.values()].some((rule) =>
    rule.overflow.some((o) => o.longerThan !== null),
  );
  return looksAtLength ? { lengths: await lineLengths(q) } : {};
}

async function readAgents(q: Queryable, rules: Rules): Promise<RoutableAgent[]> {
  const queuesOf = Map.groupBy(await allMemberships(q), (m) => m.user_id);
  const skillsBy = new Map((await allWithSkills(q)).map((u) => [u.id, u.skills]));
  const idle = rules.capacity.idleChat < 1 ? await idleChats(q) : undefined;
  return (await allAgents(q)).map((a) => ({
    userId: a.user_id,
    queueIds: queuesOf.get(a.user_id)?.map((m) => m.queue_id) ?? [],
    skills: skillsOf(skillsBy.get(a.user_id) ?? "{}"),
    state: stateOf(a),
    limits: limitsOf(a),
    carries: { ...a.carries, idleChats: idle?.get(a.user_id) ?? 0 },
    idleSince: a.idle_since,
    offeredAt: a.offered_at,
  }));
}

/** `available`, or what keeps the agent from being asked. */
const stateOf = (a: AgentRow): string => (a.lost_at === null ? (a.reason ?? a.state) : "lost");

function toItem(r: WaitingRow, ctx: Ctx): WaitingItem {
  // Work of a channel that is no longer built in waits like any other, and must not stop the rest.
  const window = ctx.channels.all.find((c) => c.id === r.channel)?.capabilities.replyWindow;
  return {
    interactionId: r.id,
    queueId: r.queue_id,
    channel: ChannelId.parse(r.channel),
    kind: WorkKind.parse(r.work),
    waitingSince: r.waiting_since,
    boost: r.boost,
    tags: strings(r.tags),
    windowClosesAt: window && r.window_opened_at !== null ? r.window_opened_at + window.standard : null,
    lastAgentId: r.last_agent_id,
    customerOwnerId: r.customer_owner_id,
    transferredTo: r.transferred_to,
    declinedBy: strings(r.declined_by),
  };
}

const strings = (json: string): string[] => (json === "[]" ? [] : fromJson(Strings, json));
