import type { ReplayChanges } from "../../contract/replay.ts";
import type { ReportSegment } from "../../contract/reports.ts";
import { nextOpening } from "../hours.ts";
import type { Answer, Arrival, Outcome, Shift, WaitingItem } from "../routing.ts";
import { type Chain, chainsOf } from "./chains.ts";
import { answerMsOf, habitsOf, lotOf, workOf } from "./habits.ts";
import type { KnownWork, RecordedDay } from "./recorded-day.ts";

const SECOND = 1_000;

/** What a simulated stay is made from. */
export interface Stay {
  readonly arrival: Arrival;
  readonly chain: Chain;
  readonly part: number;
  /** What was recorded of it. */
  readonly was: ReportSegment;
  /** Nobody had taken it then, and whoever takes it now does what others did later: nothing comes after it. */
  readonly isLast: boolean;
  /** When it left the queue then without an agent; `null`: somebody took it, or it still waits. */
  readonly leftMs: number | null;
  /** Somebody had it in hand when the day began. */
  readonly inHand: boolean;
}

/** The day's work as the simulator wants it, and what comes of it. */
export function staysOf(
  day: RecordedDay,
  o: {
    changes: Pick<ReplayChanges, "arrivalsPercent" | "handlePercent">;
    shifts: readonly Shift[];
    seed: number;
  },
) {
  const habits = habitsOf(day);
  const lot = lotOf(o.seed);
  const queues = new Map(day.queues.map((q) => [q.queueId, q]));
  const shiftsOf = Map.groupBy(o.shifts, (s) => s.userId);
  const stays = new Map<string, Stay>();
  const longer = 1 + o.changes.handlePercent / 100;

  const arrivals = chainsOf(day, o.changes, o.seed).map((chain) =>
    begin(chain, 0, { at: (chain.parts[0]?.arrivedAt ?? 0) + chain.laterMs, from: null }),
  );

  function begin(chain: Chain, part: number, { at, from }: { at: number; from: string | null }): Arrival {
    const was = chain.parts[part] as ReportSegment;
    const key = `${chain.key}.${part}`;
    const inHand = was.acceptedAt !== null && was.acceptedAt < day.from && !chain.isCopy;
    const arrivesAt = inHand ? day.from : at;
    const later = chain.parts.slice(part + 1).find((p) => p.agentId !== null);
    const leftMs = was.agentId === null && was.endedAt !== null ? was.endedAt - was.arrivedAt : null;
    const hours = queues.get(was.queueId)?.hours;
    const arrival: Arrival = {
      item: itemOf(chain, part, { key, at, from }),
      arrivesAt,
      // Closed for longer than is looked ahead: not in this day.
      opensAt: hours ? (nextOpening(hours, arrivesAt) ?? Number.MAX_SAFE_INTEGER) : arrivesAt,
      handleMs: Math.round(handleMs(was, { key, later, inHand }) * longer),
      patienceMs: leftMs ?? patienceMs(was, key),
      takenBy: chain.isCopy ? undefined : ownerFromTheStart(was, inHand),
    };
    const isLast = part + 1 >= chain.parts.length || (was.agentId === null && later !== undefined);
    stays.set(key, { arrival, chain, part, was, isLast, leftMs, inHand });
    return arrival;
  }

  function itemOf(
    chain: Chain,
    part: number,
    { key, at, from }: { key: string; at: number; from: string | null },
  ): WaitingItem {
    const was = chain.parts[part] as ReportSegment;
    const first = chain.parts[0] as ReportSegment;
    const { kind, tags, lastAgentId, customerOwnerId, windowMs } = day.work[was.interactionId] ?? UNKNOWN;
    return {
      interactionId: key,
      queueId: was.queueId,
      channel: was.channel,
      kind,
      waitingSince: first.arrivedAt + chain.laterMs,
      boost: 0,
      tags,
      windowClosesAt: windowMs === null ? null : first.openedAt + chain.laterMs + windowMs,
      // A copy is of somebody whom nobody knows.
      lastAgentId: part === 0 && !chain.isCopy ? lastAgentId : null,
      customerOwnerId: chain.isCopy ? null : customerOwnerId,
      transferredTo: handedTo(was, at),
      declinedBy: from === null || was.origin !== "transfer" ? [] : [from],
    };
  }

  function handleMs(
    was: ReportSegment,
    { key, later, inHand }: { key: string; later: ReportSegment | undefined; inHand: boolean },
  ): number {
    const drawn = () => habits.handleMs(was.queueId, lot("handle", key));
    if (was.agentId === null) return later ? workOf(later) : drawn();
    if (was.endedAt === null || was.acceptedAt === null)
      return Math.max(drawn(), day.at - (was.acceptedAt ?? day.at));
    return inHand ? was.endedAt - day.from : workOf(was);
  }

  /** Longer than they waited then: estimated from those who gave up. */
  function patienceMs(was: ReportSegment, key: string): number | null {
    const waited = (was.acceptedAt ?? day.at) - was.arrivedAt;
    return habits.patience(was.queueId)(waited, lot("patience", key));
  }

  /** Work handed to somebody by name is theirs, if they are there. */
  function handedTo(was: ReportSegment, at: number): string | null {
    const userId = day.handedTo[was.id];
    const isThere = shiftsOf.get(userId ?? "")?.some((s) => s.from <= at && at < s.to);
    return userId !== undefined && isThere ? userId : null;
  }

  function next(arrival: Arrival, outcome: Outcome, at: number): Arrival | null {
    const stay = stays.get(arrival.item.interactionId);
    if (!stay || stay.part + 1 >= stay.chain.parts.length) return null;
    if (outcome.answeredAt === null) {
      // It was moved on while it waited. Whoever gives up of their own accord is gone.
      return stay.leftMs === null ? null : begin(stay.chain, stay.part + 1, { at, from: null });
    }
    return stay.isLast ? null : begin(stay.chain, stay.part + 1, { at, from: outcome.agentId });
  }

  function answer(o: { arrival: Arrival; userId: string; at: number; attempt: number }): Answer {
    const { interactionId, queueId } = o.arrival.item;
    const offerMs = (queues.get(queueId)?.offerSeconds ?? 30) * SECOND;
    const deaf = habits.notListening(o.userId, o.at);
    if (deaf) return { kind: "misses", afterMs: offerMs, backMs: Math.max(0, deaf.to - o.at - offerMs) };
    const stay = stays.get(interactionId);
    const recorded = stay && o.attempt === 0 ? answerMsOf(stay.was) : null;
    const ms = recorded ?? habits.answerMs(queueId, lot("answer", interactionId, o.attempt));
    return ms > offerMs
      ? { kind: "misses", afterMs: offerMs, backMs: habits.awayMs }
      : { kind: "takes", afterMs: ms };
  }

  return { arrivals, stays, next, answer };
}

const UNKNOWN: KnownWork = {
  kind: "chat",
  tags: [],
  lastAgentId: null,
  customerOwnerId: null,
  windowMs: null,
};

/** Work that an agent began, took from a colleague, or had already: it waits for nobody. */
function ownerFromTheStart(was: ReportSegment, inHand: boolean): string | undefined {
  const atOnce =
    inHand || was.origin === "agent" || (was.origin === "transfer" && was.acceptedAt === was.arrivedAt);
  return atOnce ? (was.agentId ?? undefined) : undefined;
}
