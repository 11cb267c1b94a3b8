import {
  type Header,
  header,
  headerValues,
  parseMinSE,
  parseSessionExpires,
  type ReceivedRequest,
  type ReceivedResponse,
  type SessionExpires,
} from "../message/index.ts";

/** Seconds. What we propose, and the least that we take (RFC 4028 4 and 5). */
const usual = 1_800;
const least = 90;

/** Who keeps the session alive, and by when. */
export interface SessionTimer {
  /** Seconds. */
  readonly interval: number;
  readonly refresher: "us" | "them";
  /** Milliseconds until we refresh, or until we give the party up. */
  readonly wait: number;
}

/** What our INVITE proposes: the party refreshes, because its UPDATE or re-INVITE knows its media and ours would not. */
export const proposal: readonly Header[] = [
  { name: "session-expires", value: `${usual};refresher=uas` },
  { name: "min-se", value: String(least) },
];

const timer = (interval: number, refresher: "us" | "them"): SessionTimer => ({
  interval,
  refresher,
  // RFC 4028 10: half the time to refresh; the other side gives up a little before the end.
  wait: (refresher === "us" ? interval / 2 : interval - Math.min(32, interval / 3)) * 1_000,
});

const knowsTimers = (message: ReceivedRequest | ReceivedResponse): boolean =>
  headerValues(message, "supported").some((value) => value.toLowerCase() === "timer");

/** Whether a request wants a shorter session than we keep: 422 with this Min-SE. */
export function tooShort(request: ReceivedRequest): Header | undefined {
  const value = header(request, "session-expires");
  if (value === undefined || parseSessionExpires(value).interval >= least) return undefined;
  return { name: "min-se", value: String(least) };
}

/** What we agree to when we answer an INVITE or UPDATE of theirs (RFC 4028 9). */
export function timerOfRequest(request: ReceivedRequest): SessionTimer {
  const value = header(request, "session-expires");
  const asked = value === undefined ? undefined : parseSessionExpires(value);
  const floor = header(request, "min-se");
  const lowest = Math.max(least, floor === undefined ? 0 : parseMinSE(floor));
  const interval = Math.max(lowest, Math.min(asked?.interval ?? usual, usual));
  const them = knowsTimers(request) && asked?.refresher !== "uas";
  return timer(interval, them ? "them" : "us");
}

/** What goes into that answer. */
export function agreement(request: ReceivedRequest, { interval, refresher }: SessionTimer): Header[] {
  const value = `${interval};refresher=${refresher === "us" ? "uas" : "uac"}`;
  const required = refresher === "them" ? [{ name: "require", value: "timer" }] : [];
  return knowsTimers(request) ? [{ name: "session-expires", value }, ...required] : [];
}

/** What their 2xx to our INVITE agreed to. Silence: they know no timers, and we ask now and then whether they live. */
export function timerOfResponse(response: ReceivedResponse): SessionTimer {
  const agreed = readable(header(response, "session-expires"));
  const interval = Math.max(least, agreed?.interval ?? usual);
  return timer(interval, agreed?.refresher === "uas" ? "them" : "us");
}

/** An answer cannot be refused: one that cannot be read says nothing. */
function readable(value: string | undefined): SessionExpires | undefined {
  try {
    return value === undefined ? undefined : parseSessionExpires(value);
  } catch {
    return undefined;
  }
}
