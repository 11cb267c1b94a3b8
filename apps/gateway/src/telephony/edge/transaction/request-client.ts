import type { ClientEvent } from "./invite-client.ts";
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
  T2,
  T4,
  tell,
} from "./timers.ts";

/**
 * Any request but INVITE and ACK, as its sender sees it (RFC 3261 17.1.2).
 *
 *              E: send again        E: send again, every T2
 *              +--+                 +--+
 *   start      |  v      1xx: tell  |  v      200-699: tell
 *   -----> trying -----------> proceeding ----------------> completed --K--> terminated
 *            |  200-699: tell       |                          ^
 *            +----------------------|--------------------------+
 *            F: tell time-out ------+----------------------------------> terminated
 */
export type RequestClientState = "trying" | "proceeding" | "completed" | "terminated";

export function requestClient(
  state: RequestClientState,
  event: ClientEvent,
  now: Circumstances,
): Step<RequestClientState> | undefined {
  if (state === "terminated") return undefined;
  if (event === "road lost")
    return { state: "terminated", effects: state === "completed" ? [] : [{ do: "tell road lost" }] };
  if (event === "start") return { state, effects: [send, ...resend("E", now), start("F", patience)] };
  if (state === "completed") return event === "K" ? { state: "terminated", effects: [] } : undefined;
  switch (event) {
    case "E":
      return { state, effects: [send, start("E", state === "trying" ? backOff(now.fired) : T2)] };
    case "F":
      return { state: "terminated", effects: [{ do: "tell time-out" }] };
    case "1xx":
      return { state: "proceeding", effects: [tell] };
    case "2xx":
    case "failure":
      return { state: "completed", effects: [stop("E"), stop("F"), start("K", linger(T4, now)), tell] };
    default:
      return undefined;
  }
}
