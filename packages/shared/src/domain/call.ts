import type { Call, CallCause, CallLeg, CallOutcome, CallState, LegPhase } from "../contract/calls.ts";

/**
 *           rings at somebody of ours     they answer
 *  waiting ─────────────────────▶ ringing ───────────▶ talking
 *    │ ▲ ▲                         │ │                  │ │
 *    │ │ └─ declined, not answered,┘ │                  │ │
 *    │ │    their phone is gone      │                  │ │
 *    │ └── handed on to somebody who is still to answer ┘ │
 *    │                               ▼                    ▼
 *    └── given up, or we end it ──▶ ended ◀── hung up, or a party is gone
 *
 * A call out waits until it rings at the customer. `talking` lasts through hold, and while two are joined by a third.
 */
export interface LegStep {
  readonly legId: string;
  /** `null`: the customer's. */
  readonly userId: string | null;
  readonly phase: LegPhase;
  readonly cause: CallCause | null;
  readonly at: number;
  /** Whether its work waits for somebody who takes it. */
  readonly waits?: boolean;
}

/** Whether somebody of ours begins to talk by it; coming back from hold is not that. */
export const joins = ({ legs }: Pick<Call, "legs">, { legId, userId, phase }: LegStep): boolean =>
  userId !== null && phase === "up" && (legs.find((leg) => leg.id === legId)?.answeredAt ?? null) === null;

/** The call after a step of one of its legs; what is over stays over. */
export function withLeg(call: Call, step: LegStep): Call {
  const legs = call.legs.some((leg) => leg.id === step.legId)
    ? call.legs.map((leg) => (leg.id === step.legId ? moved(leg, step) : leg))
    : [...call.legs, moved(newLeg(step), step)];
  const answers = call.answeredAt === null ? isAwaited(call, step) && step.phase === "up" : joins(call, step);
  const answeredAt = call.answeredAt ?? (answers ? step.at : null);
  const talks = answers || (call.state === "talking" && !(step.waits && step.phase === "down"));
  const rings = legs.some((leg) => isAwaited(call, leg) && (leg.phase === "trying" || leg.phase === "early"));
  return { ...call, legs, answeredAt, state: stateOf(call.state, { talks, rings }) };
}

/** Whether a leg is of the side that is to answer: the customer's when we called and nobody has yet, else ours. */
const isAwaited = ({ direction, answeredAt }: Call, { userId }: Pick<CallLeg, "userId">): boolean =>
  (userId === null) === (direction === "out" && answeredAt === null);

const newLeg = ({ legId, userId, phase, at }: LegStep): CallLeg => ({
  id: legId,
  userId,
  phase,
  since: at,
  answeredAt: null,
  cause: null,
});

function moved(leg: CallLeg, { phase, cause, at }: LegStep): CallLeg {
  if (leg.phase === "down") return leg;
  const answeredAt = leg.answeredAt ?? (phase === "up" ? at : null);
  return { ...leg, phase, since: phase === leg.phase ? leg.since : at, answeredAt, cause };
}

function stateOf(was: CallState, { talks, rings }: { talks: boolean; rings: boolean }): CallState {
  if (was === "ended") return was;
  if (talks) return "talking";
  return rings ? "ringing" : "waiting";
}

/** The call once it is over; the first end counts. @param o.lost nobody saw how it ended */
export function endedCall(call: Call, o: { cause: CallCause; at: number; lost?: boolean }): Call {
  if (call.state === "ended") return call;
  const { cause, at } = o;
  const legs = call.legs.map((leg) =>
    moved(leg, { legId: leg.id, userId: leg.userId, phase: "down", cause, at }),
  );
  return { ...call, state: "ended", legs, endedAt: at, outcome: outcomeOf(call, o), cause };
}

/** Q.850: hung up as calls are. */
const NORMAL = 16;
/** Q.850: the caller's connection broke, which is giving up as far as we are concerned. */
const OUT_OF_ORDER = 27;

function outcomeOf(call: Call, { cause, lost = false }: { cause: CallCause; lost?: boolean }): CallOutcome {
  if (lost) return "lost";
  if (call.answeredAt !== null) return "answered";
  // Whom we called says no by a cause of their own; who only hangs up is our agent.
  if (call.direction === "out")
    return cause.by === "party" && cause.q850 === NORMAL ? "abandoned" : "unanswered";
  return cause.by === "party" || cause.q850 === OUT_OF_ORDER ? "abandoned" : "unanswered";
}

/** What an agent's phone says that did not take a call. */
export type Refusal = "declined" | "missed" | "unable";

/**
 * Busy and rejected are a person's word; no answer is nobody's; all else is the phone's, which is not to be asked again for this
 * call. Q.850 numbers.
 */
export function refusalOfPhone({ q850 }: Pick<CallCause, "q850">): Refusal {
  if (q850 === 17 || q850 === 21) return "declined";
  return q850 === 18 || q850 === 19 ? "missed" : "unable";
}
