import {
  type Circumstances,
  linger,
  patience,
  resend,
  type Step,
  send,
  start,
  stop,
  T1,
  type TimerName,
  tell,
} from "./timers.ts";

/**
 * INVITE as its sender sees it (RFC 3261 17.1.1 with RFC 6026 7.2).
 *
 *              A: send again
 *              +--+
 *   start      |  v      1xx           300-699: tell, ACK
 *   -----> calling -----------> proceeding -----------> completed --D--> terminated
 *            | |  300-699: tell, ACK |                  ^  | 300-699: ACK again
 *            | +---------------------|------------------+--+
 *            |        2xx: tell      v
 *            +--------------------> accepted (2xx: tell again) --M--> terminated
 *            B: tell time-out -----------------------------------> terminated
 */
export type InviteClientState = "calling" | "proceeding" | "completed" | "accepted" | "terminated";
export type ClientEvent = "start" | "1xx" | "2xx" | "failure" | "road lost" | TimerName;

export function inviteClient(
  state: InviteClientState,
  event: ClientEvent,
  now: Circumstances,
): Step<InviteClientState> | undefined {
  const dead = state === "terminated";
  const open = state === "calling" || state === "proceeding";
  if (event === "road lost")
    return dead ? undefined : { state: "terminated", effects: open ? [{ do: "tell road lost" }] : [] };
  if (event === "start") return { state, effects: [send, ...resend("A", now), start("B", patience)] };
  if (event === "A" && state === "calling")
    return { state, effects: [send, start("A", T1 * 2 ** now.fired)] };
  if (event === "B" && state === "calling")
    return { state: "terminated", effects: [{ do: "tell time-out" }] };
  if (event === "D" && state === "completed") return { state: "terminated", effects: [] };
  if (event === "M" && state === "accepted") return { state: "terminated", effects: [] };
  // RFC 3261 9.1: a cancelled INVITE that stays without its final answer is over after 64*T1.
  if (event === "D" && open) return { state: "terminated", effects: [{ do: "tell time-out" }] };
  if (open) return answered(event, now);
  if (event === "failure" && state === "completed") return { state, effects: [{ do: "acknowledge" }] };
  // RFC 6026 7.2: every copy of a 2xx is passed up, because its ACK is the user's.
  if (event === "2xx" && state === "accepted") return { state, effects: [tell] };
  return undefined;
}

const quiet = [stop("A"), stop("B")];
const final = [...quiet, stop("D")];

function answered(event: ClientEvent, now: Circumstances): Step<InviteClientState> | undefined {
  if (event === "1xx") return { state: "proceeding", effects: [...quiet, tell] };
  if (event === "2xx") return { state: "accepted", effects: [...final, start("M", patience), tell] };
  if (event !== "failure") return undefined;
  const wait = start("D", linger(patience, now));
  return { state: "completed", effects: [...final, { do: "acknowledge" }, wait, tell] };
}
