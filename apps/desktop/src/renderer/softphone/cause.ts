import type { TalkEnd } from "../state/talk.ts";

/** What a final refusal to our call means. @param status of SIP, RFC 3261 21 */
export function endOfRefusal(status: number): TalkEnd {
  if (status === 486 || status === 600) return "busy";
  if (status === 480 || status === 408) return "no_answer";
  if (status === 404 || status === 484 || status === 604) return "not_found";
  if (status === 603 || status === 403) return "declined";
  if (status === 487) return "hung_up";
  return "failed";
}

/** Of Q.850: out of order, network out of order, temporary failure, nothing heard in time. */
const broken = ["27", "38", "41", "102"];

/**
 * Why the other side ended it.
 *
 * @param reasons the Reason headers (RFC 3326) of its CANCEL or BYE
 * @param usual when they say nothing that matters here
 */
export function endOfReason(reasons: readonly string[], usual: "withdrawn" | "peer_hung_up"): TalkEnd {
  const cause = /Q\.850\s*;\s*cause=(\d{1,3})/i.exec(reasons.join(", "))?.[1] ?? "";
  if (cause === "26" && usual === "withdrawn") return "answered_elsewhere";
  // It rang for as long as it was to ring here, and goes on elsewhere.
  if (cause === "19" && usual === "withdrawn") return "no_answer";
  return broken.includes(cause) ? "connection_lost" : usual;
}
