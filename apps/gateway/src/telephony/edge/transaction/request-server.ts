import type { ServerEvent } from "./invite-server.ts";
import { type Circumstances, linger, patience, type Step, send, start, tell } from "./timers.ts";

/**
 * Any request but INVITE and ACK, as its receiver sees it (RFC 3261 17.2.2).
 *
 *   start: tell            1xx: send                200-699: send
 *   --------> trying ---------------> proceeding ------------------> completed --J--> terminated
 *               |                       copy: send                    ^ copy: send
 *               +-----------------------------------------------------+
 *   trying and proceeding --J--> terminated: nobody answered
 */
export type RequestServerState = "trying" | "proceeding" | "completed" | "terminated";

export function requestServer(
  state: RequestServerState,
  event: ServerEvent,
  now: Circumstances,
): Step<RequestServerState> | undefined {
  if (state === "terminated") return undefined;
  if (event === "road lost") return { state: "terminated", effects: [] };
  if (event === "start") return { state, effects: [start("J", patience), tell] };
  // RFC 3261 17.2.2: before any answer a copy is dropped.
  if (event === "copy") return state === "trying" ? undefined : { state, effects: [send] };
  // RFC 4320 4.2: whoever asked has given up by then, so an answer that was never given is not given any more.
  if (event === "J") return { state: "terminated", effects: [] };
  if (state === "completed") return undefined;
  if (event === "answer 1xx") return { state: "proceeding", effects: [send] };
  if (event === "answer 2xx" || event === "answer failure")
    return { state: "completed", effects: [send, start("J", linger(patience, now))] };
  return undefined;
}
