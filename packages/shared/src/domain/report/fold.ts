import type { ReportSegment, ReportStretch } from "../../contract/reports.ts";
import type { ReportEvent } from "./read.ts";

/**
 *  opened ─▶ segment 0 ──accepted──▶ talk ──ended──▶ wrap-up ──closed──▶ over (closed)
 *               │  offered, declined,  │ ▲             │  │
 *               │  missed: its offers  │ └──resumed────┘  │
 *               │            parked ◀──┼──unparked        │
 *               │                      ├──transferred─────┤──▶ over (transferred), segment n + 1 begins (transfer)
 *               │                      ├──accepted by another──▶ the same: taken over
 *               │                      └──requeued────────┘──▶ over (requeued), segment n + 1 begins (requeue)
 *               └──closed: over without an agent: given up
 *
 * What later rows change. Everything else is over and left alone, so a fold costs what the new rows cost.
 */
export interface ReportCarry {
  /** The segment that goes on, by interaction. */
  readonly open: Map<string, ReportSegment>;
  /** The last segment of the last interaction that was closed, by customer. */
  readonly closed: Map<string, ReportSegment>;
  /** The stretch that lasts, by agent. */
  readonly stretches: Map<string, ReportStretch>;
}

/** Facts as they are after a fold, by id: those that are new or have changed. */
export interface ReportChanges {
  readonly segments: Map<number, ReportSegment>;
  readonly stretches: Map<number, ReportStretch>;
}

type Step = Extract<ReportEvent, { kind: "step" }>;

export const emptyCarry = (): ReportCarry => ({ open: new Map(), closed: new Map(), stretches: new Map() });

/**
 * Folds journal rows, in their order, into facts. In pieces it gives the same as at once, and rows of different customers and
 * agents may change places. `carry` is brought up to date for the next piece; facts themselves are never changed in place.
 */
export function foldReport(carry: ReportCarry, events: readonly ReportEvent[]): ReportChanges {
  const changes: ReportChanges = { segments: new Map(), stretches: new Map() };
  for (const event of events) {
    if (event.kind === "agent") agentChanged(carry, changes, event);
    else if (event.kind === "reply") replied(carry, changes, event);
    else step(carry, changes, event);
  }
  return changes;
}

function agentChanged(
  carry: ReportCarry,
  changes: ReportChanges,
  event: Extract<ReportEvent, { kind: "agent" }>,
): void {
  const { userId, state, reason, busy, at, actorId } = event;
  const last = carry.stretches.get(userId);
  const there = state !== "offline" && reason !== "lost";
  const isSame = last?.state === state && last.reason === reason;
  if (there && isSame && last.busy === busy) return;
  if (last) {
    const left = there ? null : { state, reason, by: actorId };
    changes.stretches.set(last.id, { ...last, until: Math.max(last.from, at), left });
    carry.stretches.delete(userId);
  }
  if (!there) return;
  const by = isSame ? last.by : actorId;
  const begun = { id: event.seq, userId, state, reason, busy, from: at, until: null, by, left: null };
  changes.stretches.set(begun.id, begun);
  carry.stretches.set(userId, begun);
}

function replied(
  carry: ReportCarry,
  changes: ReportChanges,
  { interactionId, at }: Extract<ReportEvent, { kind: "reply" }>,
): void {
  const was = carry.open.get(interactionId);
  if (was && was.repliedAt === null) keep(carry, changes, { ...was, repliedAt: at });
}

function step(carry: ReportCarry, changes: ReportChanges, event: Step): void {
  const was = carry.open.get(event.interactionId);
  if (!was) {
    // A journal that begins in the middle of somebody's work: what is left of it counts from here on.
    if (event.now) begin(carry, changes, { event, before: null, origin: originOf(event) });
    return;
  }
  const now = next(was, event);
  if (now === was) return;
  keep(carry, changes, now);
  if (now.outcome === null) return;
  carry.open.delete(event.interactionId);
  if (now.outcome === "closed") carry.closed.set(now.customerId, now);
  else if (event.now)
    begin(carry, changes, {
      event,
      before: was,
      origin: now.outcome === "transferred" ? "transfer" : "requeue",
    });
}

/** The segment after a step. */
function next(was: ReportSegment, event: Step): ReportSegment {
  const { at, userId } = event;
  switch (event.name) {
    case "interaction.offered":
      if (userId === null) return was;
      return { ...was, offers: [...was.offers, { userId, at, outcome: null, endedAt: null }] };
    case "interaction.declined":
    case "interaction.missed": {
      const outcome = event.name === "interaction.missed" ? "missed" : "declined";
      return { ...was, offers: was.offers.map((o) => (o.userId === userId ? ended(o, outcome, at) : o)) };
    }
    case "interaction.accepted": {
      const agentId = userId ?? event.actorId;
      // Taken over: what the first one did stays theirs.
      if (was.agentId !== null && agentId !== null && agentId !== was.agentId)
        return { ...over(was, event), outcome: "transferred" };
      return taken(was, agentId, at);
    }
    case "interaction.parked":
    case "interaction.unparked":
      if (was.agentId === null) return was;
      return {
        ...settled(was, at),
        running: { what: event.name === "interaction.parked" ? "parked" : "talk", since: at },
      };
    case "interaction.ended":
      return { ...settled(was, at), running: { what: "wrap_up", since: at } };
    case "interaction.resumed":
      return { ...settled(was, at), running: { what: "talk", since: at } };
    case "interaction.requeued":
      // Without an agent it is an offer that was withdrawn.
      if (was.agentId === null) return withdrawn(was, at);
      return { ...over(was, event), outcome: "requeued" };
    case "interaction.transferred":
      return { ...over(was, event), outcome: "transferred" };
    case "interaction.closed":
      return {
        ...over(was, event),
        outcome: "closed",
        disposition: event.disposition,
        form: [...event.form],
        resolved: event.disposition === null ? null : !event.reasons.includes("unresolved"),
      };
    default:
      return was;
  }
}

function taken(was: ReportSegment, agentId: string | null, at: number): ReportSegment {
  if (agentId === null || was.agentId !== null) return was;
  const offers = was.offers.map((o) => ended(o, o.userId === agentId ? "accepted" : "withdrawn", at));
  return { ...was, offers, acceptedAt: at, agentId, running: { what: "talk", since: at } };
}

const withdrawn = (was: ReportSegment, at: number): ReportSegment => ({
  ...was,
  offers: was.offers.map((o) => ended(o, "withdrawn", at)),
});

const over = (was: ReportSegment, { at, seq }: Step): ReportSegment => ({
  ...withdrawn(settled(was, at), at),
  endedAt: at,
  endId: seq,
});

type Offer = ReportSegment["offers"][number];

const ended = (offer: Offer, outcome: NonNullable<Offer["outcome"]>, at: number): Offer =>
  offer.outcome === null ? { ...offer, outcome, endedAt: at } : offer;

/** What runs comes to its sum. A clock that was set back adds nothing. */
function settled(was: ReportSegment, at: number): ReportSegment {
  if (was.running === null) return was;
  const ms = Math.max(0, at - was.running.since);
  const sum = ({ talk: "talkMs", parked: "parkedMs", wrap_up: "wrapUpMs" } as const)[was.running.what];
  return { ...was, [sum]: was[sum] + ms, running: null };
}

const originOf = (event: Step): ReportSegment["origin"] =>
  event.reasons.includes("started_by_agent") ? "agent" : "customer";

function begin(
  carry: ReportCarry,
  changes: ReportChanges,
  o: { event: Step; before: ReportSegment | null; origin: ReportSegment["origin"] },
): void {
  const { event, before, origin } = o;
  const { conversation, now, at } = event;
  if (!now) return;
  // Whoever is handed on waits anew, from now on, and not for the queue that has just had them.
  const arrivedAt = before ? at : Math.min(now.waitingSince, at);
  const begun: ReportSegment = {
    id: event.seq,
    interactionId: event.interactionId,
    conversationId: conversation.id,
    customerId: conversation.customerId,
    queueId: now.queueId,
    channel: conversation.channel,
    part: before ? before.part + 1 : 0,
    origin,
    arrivedAt,
    openedAt: before?.openedAt ?? arrivedAt,
    openedBy: before?.openedBy ?? (origin === "agent" ? "agent" : "customer"),
    offers: [],
    acceptedAt: null,
    agentId: null,
    repliedAt: null,
    talkMs: 0,
    holdMs: 0,
    parkedMs: 0,
    wrapUpMs: 0,
    running: null,
    endedAt: null,
    endId: null,
    outcome: null,
    disposition: null,
    form: [],
    resolved: null,
    lastClosedAt: before ? before.lastClosedAt : cameBack(carry, changes, { event, arrivedAt, origin }),
    returnedAt: null,
  };
  keep(carry, changes, now.ownerId === null ? begun : taken(begun, now.ownerId, at));
}

/** Notes at the customer's last interaction that they are here again. @returns when that one was closed */
function cameBack(
  carry: ReportCarry,
  changes: ReportChanges,
  o: { event: Step; arrivedAt: number; origin: ReportSegment["origin"] },
): number | null {
  const { customerId } = o.event.conversation;
  const last = carry.closed.get(customerId);
  if (!last) return null;
  if (last.returnedAt === null && o.origin === "customer") {
    const returned = { ...last, returnedAt: o.arrivedAt };
    changes.segments.set(returned.id, returned);
    carry.closed.set(customerId, returned);
  }
  return last.endedAt;
}

function keep(carry: ReportCarry, changes: ReportChanges, now: ReportSegment): void {
  changes.segments.set(now.id, now);
  carry.open.set(now.interactionId, now);
}
