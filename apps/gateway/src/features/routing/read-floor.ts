import {
  answerWithin,
  ChannelId,
  type Floor,
  type Need,
  type Rules,
  type WaitingItem,
  WorkKind,
} from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import type { Queryable, Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { allQueues } from "../../store/people.ts";
import { keptWork, lineLengths, type WaitingRow, waitingWork, workToLookAt } from "../../store/routing.ts";
import { rings } from "../interactions/index.ts";
import { type Known, type Memory, recall } from "./memory.ts";
import { readAgents, readNeeds, readRules } from "./read-agents.ts";
import { LIMIT, readLines } from "./read-lines.ts";

const Strings = z.array(z.string());

export interface Look {
  readonly floor: Floor;
  readonly rows: ReadonlyMap<string, WaitingRow>;
  readonly known: Known;
  /** Whether there may be waiting work within reach of somebody with room that was not read. */
  readonly more: boolean;
}

/**
 * Everything that the next decisions depend on: of the waiting work only what nobody has looked at since it changed, and what
 * those may take now who could not when it was looked at.
 */
export async function readFloor(tx: Tx, ctx: Ctx, memory: Memory = { known: null }): Promise<Look> {
  const known = await recall(tx, memory);
  const { rules } = known;
  const toLookAt = await workToLookAt(tx, LIMIT);
  const lines = await readLines(tx, ctx, known);
  const kept = known.fresh.size > 0 ? await keptWork(tx) : [];
  const rows = new Map([...toLookAt, ...lines.rows, ...kept].map((row) => [row.id, row]));
  return {
    floor: {
      waiting: [...rows.values()].map((row) => toItem(row, ctx, known.needs)),
      agents: [...known.agents.values()],
      agentsById: known.agents,
      members: known.members,
      rules,
      now: ctx.clock.now(),
      ...(await readLengths(tx, rules)),
    },
    rows,
    known,
    more: lines.more || toLookAt.length === LIMIT,
  };
}

/** The floor as it is for one piece of work; nothing waits on it when that does not wait. */
export async function readFloorOf(q: Queryable, ctx: Ctx, interactionId: string): Promise<Floor> {
  const row = await waitingWork(q, interactionId);
  const rules = await readRules(q, await allQueues(q));
  return {
    waiting: row ? [toItem(row, ctx, await readNeeds(q))] : [],
    agents: row ? await readAgents(q, rules) : [],
    rules,
    now: ctx.clock.now(),
    ...(await readLengths(q, rules)),
  };
}

async function readLengths(q: Queryable, rules: Rules): Promise<Pick<Floor, "lengths">> {
  const looksAtLength = [...rules.queues.values()].some((rule) =>
    rule.overflow.some((o) => o.longerThan !== null),
  );
  return looksAtLength ? { lengths: await lineLengths(q) } : {};
}

function toItem(r: WaitingRow, ctx: Ctx, needs: ReadonlyMap<string, readonly Need[]>): WaitingItem {
  // Work of a channel that is no longer built in waits like any other, and must not stop the rest.
  const channel = ctx.channels.all.find((c) => c.id === r.channel);
  const window = channel ? answerWithin(channel.capabilities) : null;
  const own = needs.get(r.account_id);
  return {
    interactionId: r.id,
    queueId: r.queue_id,
    channel: ChannelId.parse(r.channel),
    kind: WorkKind.parse(r.work),
    waitingSince: r.waiting_since,
    boost: r.boost,
    tags: strings(r.tags),
    windowClosesAt: window !== null && r.window_opened_at !== null ? r.window_opened_at + window : null,
    lastAgentId: r.last_agent_id,
    customerOwnerId: r.customer_owner_id,
    transferredTo: r.transferred_to,
    declinedBy: strings(r.declined_by),
    ...(rings(ctx, r.channel) ? { rings: true } : {}),
    ...(own ? { needs: own } : {}),
  };
}

const strings = (json: string): string[] => (json === "[]" ? [] : fromJson(Strings, json));
