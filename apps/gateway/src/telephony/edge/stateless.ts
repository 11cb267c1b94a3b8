import { type Header, headerValues, inDialog, type ReceivedRequest } from "./message/index.ts";
import type { Stateless } from "./transaction/index.ts";

/** What the edge takes. */
export const methods = [
  "INVITE",
  "ACK",
  "CANCEL",
  "BYE",
  "OPTIONS",
  "REGISTER",
  "INFO",
  "UPDATE",
  "PRACK",
  "REFER",
  "NOTIFY",
] as const;

/** Extensions that a request may require (RFC 3261 8.2.2.3). */
export const extensions = ["100rel", "replaces", "timer"] as const;

const allow: Header = { name: "allow", value: methods.join(", ") };
const supported: Header = { name: "supported", value: extensions.join(", ") };
const accept: Header = { name: "accept", value: "application/sdp" };

/**
 * Answers that keep nothing in memory: to a ping by OPTIONS (RFC 3261 11.2), to methods and extensions that are not
 * ours. Undefined when the request deserves a transaction.
 */
export function statelessAnswer(request: ReceivedRequest): Stateless | undefined {
  if (!methods.some((method) => method === request.method)) return { status: 405, headers: [allow] };
  const unknown = headerValues(request, "require").filter(
    (e) => !extensions.some((x) => x === e.toLowerCase()),
  );
  if (unknown.length > 0)
    return { status: 420, headers: unknown.map((value) => ({ name: "unsupported", value })) };
  if (request.method !== "OPTIONS" || inDialog(request)) return undefined;
  return { status: 200, headers: [allow, accept, supported] };
}

/** Whether more of these may be refused when there is too much to do: what belongs to a running call never is. */
export const canWait = (request: ReceivedRequest): boolean => !inDialog(request);

/** @param random in [0, 1): spreads those who come back, in seconds */
export const comeBackLater = (random: number): Stateless => ({
  status: 503,
  headers: [{ name: "retry-after", value: String(5 + Math.floor(random * 10)) }],
});
