import { type Cause, ourCause, refusalOf } from "./cause.ts";

/**
 * One party's side of a call, as values. `in`: they sent the INVITE; `out`: we did.
 *
 *                                                                 hold
 *        INVITE, dial          18x           2xx              +----------> held
 *    new ------------> trying ------> early ------> up -------+              |
 *                        |  2xx         |           ^ |       |   resume     |
 *                        +--------------|-----------+ |       +<-------------+
 *        refused, cancelled, hang up    |             | BYE, hang up, no ACK, expired
 *                        +--------------+---> down <--+----------------------+
 *
 * `down` is the end for the call, not yet for SIP: a CANCEL of ours may cross with their 2xx, which gets ACK and BYE; and
 * a BYE of ours waits for the ACK of our 2xx (RFC 3261 15). `owed` tells.
 */
export interface Leg {
  readonly side: "in" | "out";
  readonly phase: "new" | "trying" | "early" | "up" | "held" | "down";
  /** What the INVITE still lacks. */
  readonly owed: "nothing" | "final answer" | "ACK";
  /** Whose change of the media (re-INVITE) has no final answer yet. */
  readonly change: "none" | "ours" | "theirs";
  /** Why it went down. */
  readonly cause: Cause | undefined;
}

export type LegEvent =
  /** Of the party. */
  | { readonly type: "invited" }
  | { readonly type: "cancelled"; readonly cause: Cause }
  | { readonly type: "acknowledged" }
  | { readonly type: "never acknowledged" }
  | { readonly type: "ringing" }
  | { readonly type: "answered" }
  | { readonly type: "refused"; readonly cause: Cause }
  | { readonly type: "bye"; readonly cause: Cause }
  | { readonly type: "they change" }
  /** The change is made or refused. `held` when it was made: whether the party put us on hold. */
  | { readonly type: "changed"; readonly held?: boolean }
  /** Of ours. */
  | { readonly type: "dial" }
  | { readonly type: "ring"; readonly status: number }
  | { readonly type: "accept" }
  | { readonly type: "we change" }
  | { readonly type: "hang up"; readonly cause: Cause }
  /** Of the session timer (RFC 4028). */
  | { readonly type: "refreshed" }
  | { readonly type: "refresh due" }
  | { readonly type: "expired" };

export type LegEffect =
  | { readonly do: "send INVITE" }
  | { readonly do: "send progress"; readonly status: number }
  | { readonly do: "send success" }
  | { readonly do: "send refusal"; readonly status: number; readonly cause: Cause }
  | { readonly do: "send CANCEL"; readonly cause: Cause }
  | { readonly do: "send ACK" }
  | { readonly do: "send BYE"; readonly cause: Cause }
  | { readonly do: "send refresh" }
  | { readonly do: "start session timer" }
  | { readonly do: "stop session timer" }
  | { readonly do: "tell"; readonly phase: Leg["phase"] };

export interface LegStep {
  readonly leg: Leg;
  readonly effects: readonly LegEffect[];
}

export const newLeg = (side: Leg["side"]): Leg => ({
  side,
  phase: "new",
  owed: "nothing",
  change: "none",
  cause: undefined,
});

/** Whether the party and we talk, on hold or not. */
export const talks = (leg: Leg): boolean => leg.phase === "up" || leg.phase === "held";

/** The leg after an event and what is to be done; undefined when the event means nothing now. */
export function stepLeg(leg: Leg, event: LegEvent): LegStep | undefined {
  switch (leg.phase) {
    case "new":
      return begin(leg, event);
    case "trying":
    case "early":
      return leg.side === "in" ? waiting(leg, event) : calling(leg, event);
    case "up":
    case "held":
      return talking(leg, event);
    case "down":
      return gone(leg, event);
  }
}

const tell = (phase: Leg["phase"]): LegEffect => ({ do: "tell", phase });
const startTimer: LegEffect = { do: "start session timer" };
const stopTimer: LegEffect = { do: "stop session timer" };

function begin(leg: Leg, event: LegEvent): LegStep | undefined {
  const trying: Leg = { ...leg, phase: "trying", owed: "final answer" };
  if (leg.side === "in" && event.type === "invited") return { leg: trying, effects: [tell("trying")] };
  if (leg.side === "out" && event.type === "dial")
    return { leg: trying, effects: [{ do: "send INVITE" }, tell("trying")] };
  return event.type === "hang up" ? fall(leg, event.cause, []) : undefined;
}

/** They wait for our answer. */
function waiting(leg: Leg, event: LegEvent): LegStep | undefined {
  switch (event.type) {
    case "ring": {
      const news = leg.phase === "early" ? [] : [tell("early")];
      return {
        leg: { ...leg, phase: "early" },
        effects: [{ do: "send progress", status: event.status }, ...news],
      };
    }
    case "accept":
      return {
        leg: { ...leg, phase: "up", owed: "ACK" },
        effects: [{ do: "send success" }, startTimer, tell("up")],
      };
    case "hang up":
      return refuse(leg, event.cause, refusalOf(event.cause));
    case "cancelled":
      return refuse(leg, event.cause, 487);
    default:
      return undefined;
  }
}

function refuse(leg: Leg, cause: Cause, status: number): LegStep {
  const refusal: LegEffect = { do: "send refusal", status, cause };
  return fall({ ...leg, owed: "nothing" }, cause, [refusal]);
}

/** We wait for theirs. */
function calling(leg: Leg, event: LegEvent): LegStep | undefined {
  switch (event.type) {
    case "ringing":
      // Every 18x is told: the second may say more than the first.
      return { leg: { ...leg, phase: "early" }, effects: [tell("early")] };
    case "answered":
      return {
        leg: { ...leg, phase: "up", owed: "nothing" },
        effects: [{ do: "send ACK" }, startTimer, tell("up")],
      };
    case "refused":
      return fall({ ...leg, owed: "nothing" }, event.cause, []);
    case "hang up":
      return fall(leg, event.cause, [{ do: "send CANCEL", cause: event.cause }]);
    default:
      return undefined;
  }
}

function talking(leg: Leg, event: LegEvent): LegStep | undefined {
  switch (event.type) {
    case "acknowledged":
      return leg.owed === "ACK" ? { leg: { ...leg, owed: "nothing" }, effects: [] } : undefined;
    case "bye":
      return fall({ ...leg, owed: "nothing" }, event.cause, [stopTimer]);
    case "never acknowledged":
      return end({ ...leg, owed: "nothing" }, ourCause("timer expired"));
    case "expired":
      return end(leg, ourCause("timer expired"));
    case "hang up":
      return end(leg, event.cause);
    case "they change":
      return leg.change === "none" ? { leg: { ...leg, change: "theirs" }, effects: [] } : undefined;
    case "we change":
      return leg.change === "none" ? { leg: { ...leg, change: "ours" }, effects: [] } : undefined;
    case "changed":
      return changed(leg, event.held);
    case "refreshed":
      return { leg, effects: [startTimer] };
    case "refresh due":
      return { leg, effects: [{ do: "send refresh" }] };
    default:
      return undefined;
  }
}

function changed(leg: Leg, held: boolean | undefined): LegStep {
  const phase = held === undefined ? leg.phase : held ? "held" : "up";
  return {
    leg: { ...leg, change: "none", phase },
    effects: phase === leg.phase ? [] : [tell(phase)],
  };
}

/** BYE, now or when the ACK is there. */
function end(leg: Leg, cause: Cause): LegStep {
  const bye: LegEffect[] = leg.owed === "ACK" ? [] : [{ do: "send BYE", cause }];
  return fall(leg, cause, [stopTimer, ...bye]);
}

/** What SIP still owes when the call has done with the leg. */
function gone(leg: Leg, event: LegEvent): LegStep | undefined {
  const cause = leg.cause ?? ourCause("normal");
  const settled: Leg = { ...leg, owed: "nothing" };
  if (leg.side === "out" && leg.owed === "final answer") {
    if (event.type === "refused") return { leg: settled, effects: [] };
    if (event.type !== "answered") return undefined;
    return { leg: settled, effects: [{ do: "send ACK" }, { do: "send BYE", cause }] };
  }
  if (leg.owed !== "ACK") return undefined;
  if (event.type === "acknowledged" || event.type === "never acknowledged")
    return { leg: settled, effects: [{ do: "send BYE", cause }] };
  return event.type === "bye" ? { leg: settled, effects: [] } : undefined;
}

function fall(leg: Leg, cause: Cause, effects: readonly LegEffect[]): LegStep {
  return { leg: { ...leg, phase: "down", change: "none", cause }, effects: [...effects, tell("down")] };
}
