import {
  backOff,
  type Circumstances,
  linger,
  patience,
  resend,
  type Step,
  send,
  start,
  stop,
  T4,
  type TimerName,
  tell,
  tryingAfter,
} from "./timers.ts";

/**
 * INVITE as its receiver sees it (RFC 3261 17.2.1 with RFC 6026 7.1).
 *
 *               copy: send the last answer     copy, G: send again
 *               +--+                           +--+
 *   start: tell |  v       300-699: send       |  v      ACK
 *   -------> proceeding -------------------> completed -------> confirmed --I--> terminated
 *               | (1xx: send)                   | H: tell time-out
 *               |                               +------------------------------> terminated
 *               |  2xx: send
 *               +--------> accepted (2xx: send again; copy: nothing; ACK: the user's) --L--> terminated
 */
export type InviteServerState = "proceeding" | "completed" | "confirmed" | "accepted" | "terminated";
export type ServerEvent =
  | "start"
  | "copy"
  | "ack"
  | "answer 1xx"
  | "answer 2xx"
  | "answer failure"
  | "road lost"
  | TimerName;

export function inviteServer(
  state: InviteServerState,
  event: ServerEvent,
  now: Circumstances,
): Step<InviteServerState> | undefined {
  if (event === "road lost") return state === "terminated" ? undefined : { state: "terminated", effects: [] };
  switch (state) {
    case "proceeding":
      return proceeding(event, now);
    case "completed":
      if (event === "copy") return { state, effects: [send] };
      if (event === "G") return { state, effects: [send, start("G", backOff(now.fired))] };
      if (event === "H") return { state: "terminated", effects: [{ do: "tell time-out" }] };
      if (event !== "ack") return undefined;
      return { state: "confirmed", effects: [stop("G"), stop("H"), start("I", linger(T4, now))] };
    case "confirmed":
      return event === "I" ? { state: "terminated", effects: [] } : undefined;
    case "accepted":
      if (event === "answer 2xx") return { state, effects: [send] };
      return event === "L" ? { state: "terminated", effects: [] } : undefined;
    case "terminated":
      return undefined;
  }
}

function proceeding(event: ServerEvent, now: Circumstances): Step<InviteServerState> | undefined {
  const state = "proceeding";
  switch (event) {
    case "start":
      return { state, effects: [start("trying", tryingAfter), tell] };
    case "trying":
      return { state, effects: [{ do: "send trying" }] };
    case "copy":
      return { state, effects: [send] };
    case "answer 1xx":
      return { state, effects: [stop("trying"), send] };
    case "answer 2xx":
      return { state: "accepted", effects: [stop("trying"), send, start("L", patience)] };
    case "answer failure":
      return {
        state: "completed",
        effects: [stop("trying"), send, ...resend("G", now), start("H", patience)],
      };
    default:
      return undefined;
  }
}
