import {
  addDays,
  type ChannelId,
  type KnownWork,
  Limits,
  type RecordedDay,
  type ReportSegment,
  type ReportStretch,
  type StepReason,
  startOfDate,
  WorkKind,
} from "@tongdai/shared";
import { z } from "zod";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { entriesBySeq, stepsOfInteractions, workOfInteractions } from "../../store/replay.ts";
import { segmentPages, stretchPages } from "../reports/index.ts";
import { setupOf } from "./setup.ts";

const DAY = 86_400_000;
/** Work that is left over at midnight is served by whoever was there in these hours. */
const TAIL = DAY / 2;
/** Ids in one look. */
const CHUNK = 400;

export interface DaySource {
  readonly store: Queryable;
  readonly timeZone: string;
  /** When the facts are read. */
  readonly at: number;
  /** How long channels let us answer; those that are not there let us for ever. */
  readonly windows: Readonly<Partial<Record<ChannelId, number>>>;
}

/** A day of the contact centre as facts and journal have it. */
export async function readDay(source: DaySource, day: string): Promise<RecordedDay> {
  const { store, timeZone, at } = source;
  const from = startOfDate(day, timeZone);
  const to = startOfDate(addDays(day, 1), timeZone);
  const segments = await readSegments(source, { from, to });
  const stretches: ReportStretch[] = [];
  for await (const page of stretchPages({ store }, { from, to: Math.min(to + TAIL, at), way: "oldest" }))
    stretches.push(...page);
  const setup = await setupOf(store, { from, to });
  const agents = new Map(setup.agents.map((agent) => [agent.userId, agent]));
  for (const [userId, limits] of await limitsIn(store, stretches))
    agents.set(userId, { userId, skills: agents.get(userId)?.skills ?? {}, limits });
  return {
    day,
    timeZone,
    from,
    to,
    at,
    segments,
    stretches,
    work: await readWork(source, segments),
    handedTo: await readHanded(store, segments),
    waitsEnded: await readWaitsEnded(store, segments),
    parks: await readParks(store, segments),
    ...setup,
    agents: [...agents.values()],
  };
}

/** What arrived within the day, and the work of the day before that was not over when it began. */
async function readSegments(
  { store }: DaySource,
  { from, to }: { from: number; to: number },
): Promise<ReportSegment[]> {
  const segments: ReportSegment[] = [];
  for await (const page of segmentPages({ store }, { from: from - DAY, to, way: "oldest" }))
    for (const s of page) if (s.arrivedAt >= from || s.endedAt === null || s.endedAt > from) segments.push(s);
  return segments;
}

const Tags = z.array(z.string());

async function readWork(source: DaySource, segments: readonly ReportSegment[]): Promise<RecordedDay["work"]> {
  const work: Record<string, KnownWork> = {};
  const channelOf = new Map(segments.map((s) => [s.interactionId, s.channel]));
  const ids = [...channelOf.keys()];
  for (const some of chunks(ids))
    for (const row of await workOfInteractions(source.store, some)) {
      const channel = channelOf.get(row.id);
      work[row.id] = {
        kind: WorkKind.parse(row.work),
        tags: fromJson(Tags, row.tags),
        lastAgentId: row.last_agent_id,
        customerOwnerId: row.customer_owner_id,
        windowMs: (channel && source.windows[channel]) ?? null,
      };
    }
  return work;
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, n) =>
    list.slice(n * CHUNK, (n + 1) * CHUNK),
  );
}

const Handed = z.object({ userId: z.string() });

/** Work that was handed to a person, not to a queue. */
async function readHanded(
  store: Queryable,
  segments: readonly ReportSegment[],
): Promise<RecordedDay["handedTo"]> {
  const handed: Record<number, string> = {};
  const all = segments.filter((s) => s.origin === "transfer").map((s) => s.id);
  for (const seqs of chunks(all))
    for (const { seq, name, data } of await entriesBySeq(store, seqs)) {
      const read = name === "interaction.transferred" ? Handed.safeParse(data) : null;
      if (read?.success) handed[seq] = read.data.userId;
    }
  return handed;
}

/** What the queue closes, or moves, because it has waited too long. */
const WAIT_ENDS: ReadonlySet<string> = new Set<StepReason>(["waited_too_long", "call_back"]);
const Reasons = z.object({ reasons: z.array(z.object({ code: z.string() })) });

async function readWaitsEnded(
  store: Queryable,
  segments: readonly ReportSegment[],
): Promise<RecordedDay["waitsEnded"]> {
  const unanswered = segments.filter((s) => s.agentId === null);
  const idOf = new Map(unanswered.flatMap((s) => (s.endId === null ? [] : [[s.endId, s.id] as const])));
  const ended: Record<number, true> = {};
  for (const seqs of chunks([...idOf.keys()]))
    for (const { seq, data } of await entriesBySeq(store, seqs)) {
      const id = idOf.get(seq);
      const read = Reasons.safeParse(data);
      if (id !== undefined && read.success && read.data.reasons.some(({ code }) => WAIT_ENDS.has(code)))
        ended[id] = true;
    }
  return ended;
}

/** Steps after which parked work is no longer aside. */
const TAKEN_UP = [
  "interaction.unparked",
  "interaction.requeued",
  "interaction.ended",
  "interaction.resumed",
  "interaction.accepted",
  "interaction.transferred",
  "interaction.closed",
] as const;

async function readParks(
  store: Queryable,
  segments: readonly ReportSegment[],
): Promise<RecordedDay["parks"]> {
  const aside = segments.filter((s) => s.parkedMs > 0 || s.running?.what === "parked");
  const names = ["interaction.parked", ...TAKEN_UP] as const;
  const parks: Record<number, { from: number; to: number | null }[]> = {};
  for (const ids of chunks([...new Set(aside.map((s) => s.interactionId))])) {
    const steps = Map.groupBy(await stepsOfInteractions(store, { ids, names }), (s) => s.interactionId);
    for (const s of aside) {
      const own = (steps.get(s.interactionId) ?? []).filter(
        ({ at }) => at >= (s.acceptedAt ?? 0) && (s.endedAt === null || at <= s.endedAt),
      );
      const times = own.flatMap(({ name, at }, i) =>
        name === "interaction.parked" ? [{ from: at, to: own[i + 1]?.at ?? null }] : [],
      );
      if (times.length > 0) parks[s.id] = times;
    }
  }
  return parks;
}

const Changed = z.object({ agent: z.object({ userId: z.string(), limits: Limits }) });

/** What agents could carry, as the journal told it with the last change of each. */
async function limitsIn(store: Queryable, stretches: readonly ReportStretch[]): Promise<Map<string, Limits>> {
  const last = [...new Map(stretches.map((s) => [s.userId, s.id])).values()];
  const limits = new Map<string, Limits>();
  for (const seqs of chunks(last))
    for (const { data } of await entriesBySeq(store, seqs)) {
      const read = Changed.safeParse(data);
      if (read.success) limits.set(read.data.agent.userId, read.data.agent.limits);
    }
  return limits;
}
