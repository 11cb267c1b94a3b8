import { dialogKey } from "../dialog/index.ts";
import {
  type Cause,
  type Leg,
  type LegEffect,
  type LegEvent,
  newLeg,
  reasonsOf,
  type SessionTimer,
  stepLeg,
} from "../leg/index.ts";
import { headerValues, type ReceivedRequest, type ReceivedResponse } from "../message/index.ts";
import type { Sdp } from "../sdp/index.ts";
import { contactOf } from "./compose.ts";
import type { Session, Wire } from "./session.ts";

/** Seconds that a party has to come back by another connection are the B2BUA's; this is one leg at work. */
export interface Line {
  readonly id: string;
  /** The id of its call. */
  readonly call: string;
  readonly session: Session;
  readonly leg: Leg;
  /** Whose it is: an agent's user, a trunk's or a visitor's id. */
  readonly party: string;
  /** Whether it is one of our people, who may ask for more than others. */
  readonly isAgent: boolean;
  /** Their offer, or their answer to ours, as it was looked through. */
  sdp: Sdp | undefined;
  /** The last 18x of theirs. */
  progress: number;
  /** What the session timer was agreed to be, and whether they take UPDATE. */
  timer: SessionTimer | undefined;
  updates: boolean;
  /** @returns false when the event means nothing to the leg now */
  dispatch(event: LegEvent): boolean;
  hangUp(cause: Cause): void;
}

export type Party = Pick<Line, "party" | "isAgent">;

/** What the two kinds of legs do in their own way. */
export interface LineWork {
  perform(effect: LegEffect): void;
  /** Before the BYE. */
  beforeBye(): void;
  released(): void;
}

export interface LineParts extends Wire {
  readonly call: string;
  readonly randomId: () => string;
  /** Legs by the key of their dialog. */
  readonly lines: Map<string, Line>;
  /** Told of every step of a leg, last of all. */
  readonly moved: (line: Line, phase: Leg["phase"]) => void;
}

/** Runs a leg: keeps its state, and does what both kinds have in common. */
export function createLine(
  parts: LineParts,
  side: Leg["side"],
  session: Session,
  { party, isAgent, work, before }: Party & { work: LineWork; before?: Pick<Line, "id" | "leg"> },
): Line {
  let leg = before?.leg ?? newLeg(side);
  let undoTimer = (): void => {};
  let leaving = false;

  function dispatch(event: LegEvent): boolean {
    const step = stepLeg(leg, event);
    if (!step) return false;
    leg = step.leg;
    for (const effect of step.effects) perform(effect);
    if (leg.phase === "down" && leg.owed === "nothing" && !leaving) release();
    return true;
  }

  function perform(effect: LegEffect): void {
    if (effect.do === "send BYE") bye(effect.cause);
    else if (effect.do === "send refresh") refresh();
    else if (effect.do === "start session timer") startTimer();
    else if (effect.do === "stop session timer") undoTimer();
    else if (effect.do === "tell") parts.moved(line, effect.phase);
    else work.perform(effect);
  }

  /** The dialog is kept until the BYE is answered: theirs may cross with ours and gets its 200. */
  function bye(cause: Cause): void {
    work.beforeBye();
    leaving = true;
    session.ask("BYE", reasonsOf(cause), () => {
      leaving = false;
      release();
    });
  }

  function startTimer(): void {
    undoTimer();
    const timer = line.timer;
    if (!timer) return;
    const type = timer.refresher === "us" ? "refresh due" : "expired";
    undoTimer = parts.clock.after(timer.wait, () => void dispatch({ type }));
  }

  /** UPDATE keeps a session alive without touching its media; who does not take it is asked whether he lives. */
  function refresh(): void {
    const interval = `${line.timer?.interval};refresher=uac`;
    const headers = [
      contactOf(session.flow),
      { name: "supported", value: "timer" },
      { name: "session-expires", value: interval },
    ];
    const dead = (status: number): boolean => status === 408 || status === 481;
    session.ask(line.updates ? "UPDATE" : "OPTIONS", line.updates ? headers : [], ({ status }) =>
      dispatch({ type: dead(status) ? "expired" : "refreshed" }),
    );
  }

  function release(): void {
    undoTimer();
    session.stop();
    work.released();
    const { dialog } = session;
    if (dialog) parts.lines.delete(dialogKey(dialog));
  }

  const line: Line = {
    id: before?.id ?? parts.randomId(),
    call: parts.call,
    session,
    get leg() {
      return leg;
    },
    party,
    isAgent,
    sdp: undefined,
    progress: 0,
    timer: undefined,
    updates: false,
    dispatch,
    hangUp: (cause) => void dispatch({ type: "hang up", cause }),
  };
  return line;
}

/** Whether a party takes UPDATE, as its `Allow` says. */
export const takesUpdate = (message: ReceivedRequest | ReceivedResponse): boolean =>
  headerValues(message, "allow").includes("UPDATE");
