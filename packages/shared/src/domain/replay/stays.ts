import type { ReplayChanges } from "../../contract/replay.ts";
import type { ReportSegment } from "../../contract/reports.ts";
import { nextOpening } from "../hours.ts";
import type { Answer, Arrival, Outcome, Shift, WaitingItem } from "../routing.ts";
import { endOfWait } from "../waiting.ts";
import { type Chain, chainsOf } from "./chains.ts";
import { answerMsOf, habitsOf, lotOf } from "./habits.ts";
import type { KnownWork, RecordedDay } from "./recorded-day.ts";
import { stayWork } from "./stay-work.ts";

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
  /** What its queue does with whoever waits for long. */
  readonly waitEnd: WaitEnd | null;
  readonly coming: Coming;
}

type WaitEnd = NonNullable<ReturnType<typeof endOfWait>>;

/** How work comes to a stay. */
interface Coming {
  readonly at: number;
  /** Who had it before and handed it on. */
  readonly from: string | null;
  /** Steps of long waits that were done before. */
  readonly done: readonly string[];
  /** A stay that was not recorded: in which queue, how much of the work is done, and by whom. */
  readonly again?: {
    readonly times: number;
    readonly queueId: string;
    readonly doneMs: number;
    readonly by: string | null;
  };
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
  const workOfStay = stayWork(day, { habits, lot, longer: 1 + o.changes.handlePercent / 100 });

  const arrivals = chainsOf(day, o.changes, o.seed).map((chain) =>
    begin(chain, 0, { at: (chain.parts[0]?.arrivedAt ?? 0) + chain.laterMs, from: null, done: [] }),
  );

  function begin(chain: Chain, part: number, coming: Coming): Arrival {
    const { at, again, done } = coming;
    const was = recordedAs(chain.parts[part] as ReportSegment, again);
    const of = `${chain.key}.${part}`;
    const key = again ? `${of}.${again.times}` : of;
    const inHand = !again && was.acceptedAt !== null && was.acceptedAt < day.from && !chain.isCopy;
    const arrivesAt = inHand ? day.from : at;
    const later = chain.parts.slice(part + 1).find((p) => p.agentId !== null);
    const leftMs = again ? null : leftOf(was);
    const queue = queues.get(was.queueId);
    // Closed for longer than is looked ahead: not in this day.
    const opensAt = queue?.hours
      ? (nextOpening(queue.hours, arrivesAt) ?? Number.MAX_SAFE_INTEGER)
      : arrivesAt;
    const waitEnd = queue ? endOfWait(was.queueId, queue.waiting, { from: opensAt, done, told: null }) : null;
    const arrival: Arrival = {
      item: itemOf(chain, part, { key, was, coming }),
      arrivesAt,
      opensAt,
      ...workOfStay(was, { of, later, inHand, doneMs: again?.doneMs ?? 0 }),
      patienceMs: leftMs ?? patienceMs(was, { of, isNew: again !== undefined }),
      waitEndsAt: waitEnd?.at,
      takenBy: chain.isCopy || again ? undefined : ownerFromTheStart(was, inHand),
    };
    const isLast = part + 1 >= chain.parts.length || (was.agentId === null && later !== undefined);
    stays.set(key, { arrival, chain, part, was, isLast, leftMs, inHand, waitEnd, coming });
    return arrival;
  }

  /** When it left without an agent, if the queue did not see to that. */
  function leftOf(was: ReportSegment): number | null {
    if (was.agentId !== null || was.endedAt === null || day.waitsEnded[was.id]) return null;
    return was.endedAt - was.arrivedAt;
  }

  function itemOf(
    chain: Chain,
    part: number,
    { key, was, coming }: { key: string; was: ReportSegment; coming: Coming },
  ): WaitingItem {
    const { at, from, again } = coming;
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
      lastAgentId: again ? again.by : part === 0 && !chain.isCopy ? lastAgentId : null,
      customerOwnerId: chain.isCopy ? null : customerOwnerId,
      transferredTo: again ? null : handedTo(was, at),
      declinedBy: from === null || was.origin !== "transfer" ? [] : [from],
    };
  }

  /** Longer than they waited then: estimated from those who gave up. */
  function patienceMs(was: ReportSegment, { of, isNew }: { of: string; isNew: boolean }): number | null {
    const waited = isNew ? 0 : (was.acceptedAt ?? was.endedAt ?? day.at) - was.arrivedAt;
    return habits.patience(was.queueId)(waited, lot("patience", of));
  }

  /** Work handed to somebody by name is theirs, if they are there. */
  function handedTo(was: ReportSegment, at: number): string | null {
    const userId = day.handedTo[was.id];
    const isThere = shiftsOf.get(userId ?? "")?.some((s) => s.from <= at && at < s.to);
    return userId !== undefined && isThere ? userId : null;
  }

  function next(arrival: Arrival, outcome: Outcome, at: number): Arrival | null {
    const stay = stays.get(arrival.item.interactionId);
    if (!stay) return null;
    const { chain, part, was, isLast, leftMs, coming } = stay;
    const { done } = coming;
    if (outcome.isWaitEnded) return movedBy(stay, at);
    if (outcome.answeredAt !== null && outcome.workedMs < arrival.handleMs) {
      const doneMs = outcome.workedMs + (coming.again?.doneMs ?? 0);
      const again = { times: timesOf(coming), queueId: was.queueId, doneMs, by: outcome.agentId };
      return begin(chain, part, { at, from: null, done, again });
    }
    if (part + 1 >= chain.parts.length) return null;
    // It was moved on while it waited. Whoever gives up of their own accord is gone.
    if (outcome.answeredAt === null)
      return leftMs === null ? null : begin(chain, part + 1, { at, from: null, done });
    return isLast ? null : begin(chain, part + 1, { at, from: outcome.agentId, done });
  }

  /** Where the queue's step has it wait next; where it was moved then too, as it went on then. */
  function movedBy({ chain, part, was, waitEnd, coming }: Stay, at: number): Arrival | null {
    if (waitEnd?.step.action !== "move") return null;
    const { queueId } = waitEnd.step;
    const moved = { at, from: null, done: waitEnd.done };
    if (day.waitsEnded[was.id] && chain.parts[part + 1]?.queueId === queueId)
      return begin(chain, part + 1, moved);
    return begin(chain, part, {
      ...moved,
      again: { times: timesOf(coming), queueId, doneMs: 0, by: null },
    });
  }

  function answer(o: { arrival: Arrival; userId: string; at: number; attempt: number }): Answer {
    const { interactionId, queueId } = o.arrival.item;
    const offerMs = (queues.get(queueId)?.offerSeconds ?? 30) * SECOND;
    const stay = stays.get(interactionId);
    const then = stay?.coming.again ? undefined : stay?.was.offers[o.attempt];
    if (then?.outcome === "declined" && then.userId === o.userId && then.endedAt !== null)
      return { kind: "declines", afterMs: then.endedAt - then.at };
    const deaf = habits.notListening(o.userId, o.at);
    if (deaf) return { kind: "misses", afterMs: offerMs, backMs: Math.max(0, deaf.to - o.at - offerMs) };
    const recorded = stay && (o.attempt === 0 || then?.outcome === "accepted") ? answerMsOf(stay.was) : null;
    const ms = recorded ?? habits.answerMs(queueId, lot("answer", interactionId, o.attempt));
    return ms > offerMs
      ? { kind: "misses", afterMs: offerMs, backMs: habits.awayMs }
      : { kind: "takes", afterMs: ms };
  }

  /** Would see parked work that comes back: may be asked for work, or is there and takes no more. */
  function isThere(userId: string, at: number): boolean {
    if (shiftsOf.get(userId)?.some((s) => s.from <= at && at < s.to)) return true;
    return day.stretches.some(
      (s) => s.userId === userId && s.state === "busy" && s.from <= at && at < (s.until ?? day.at),
    );
  }

  return { arrivals, stays, next, answer, isThere };
}

const timesOf = ({ again }: Coming): number => (again?.times ?? 0) + 1;

/** A stay that was not recorded is another wait for the same. */
const recordedAs = (was: ReportSegment, again: Coming["again"]): ReportSegment =>
  again
    ? { ...was, queueId: again.queueId, part: was.part + 1, origin: again.by ? "requeue" : "transfer" }
    : was;

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
    inHand ||
    was.origin === "agent" ||
    (was.origin === "transfer" && was.acceptedAt === was.arrivedAt && was.offers.length === 0);
  return atOnce ? (was.agentId ?? undefined) : undefined;
}
