import { parseNameAddr } from "./address.ts";
import {
  isToken,
  parseParams,
  quotedEnd,
  skipSpace,
  tokenEnd,
  trimSpace,
  unquote,
  wholeNumber,
} from "./grammar.ts";
import { SipError } from "./sip-error.ts";
import type { NameAddr, Params } from "./types.ts";

const maxSeconds = 4_294_967_295;

export interface Replaces {
  readonly callId: string;
  readonly toTag: string;
  readonly fromTag: string;
  readonly earlyOnly: boolean;
}

/** RFC 3891 6.1. */
export function parseReplaces(value: string): Replaces {
  const { head: callId, params } = headAndParams(value);
  const [toTag, fromTag] = [params.get("to-tag"), params.get("from-tag")];
  if (callId === "" || /[ \t]/.test(callId) || !toTag || !fromTag) throw new SipError("malformed Replaces");
  return { callId, toTag, fromTag, earlyOnly: params.has("early-only") };
}

export interface ReferTo {
  readonly address: NameAddr;
  /** The dialog that the new call takes over, from the URI's own `Replaces` (RFC 3891 3). */
  readonly replaces: Replaces | undefined;
}

/** RFC 3515 2.1. */
export function parseReferTo(value: string): ReferTo {
  const address = parseNameAddr(value);
  const headers = address.uri.kind === "sip" ? (address.uri.headers ?? "") : "";
  const pair = headers.split("&").find((part) => /^replaces=/i.test(part));
  return { address, replaces: pair === undefined ? undefined : parseReplaces(decode(pair.slice(9))) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SipError("malformed escape");
  }
}

export interface Reason {
  /** `SIP` or `Q.850`, as written. */
  readonly protocol: string;
  readonly cause: number | undefined;
  readonly text: string | undefined;
}

/** One value of RFC 3326. */
export function parseReason(value: string): Reason {
  const { head: protocol, params } = headAndParams(value);
  if (!isToken(protocol)) throw new SipError("malformed Reason");
  const [cause, text] = [params.get("cause"), params.get("text")];
  return {
    protocol,
    cause: cause === undefined ? undefined : wholeNumber(cause, 999),
    text: text === undefined ? undefined : unquote(text),
  };
}

export interface SessionExpires {
  /** Seconds. */
  readonly interval: number;
  readonly refresher: "uac" | "uas" | undefined;
}

/** RFC 4028 4. */
export function parseSessionExpires(value: string): SessionExpires {
  const { head, params } = headAndParams(value);
  const refresher = params.get("refresher")?.toLowerCase();
  if (refresher !== undefined && refresher !== "uac" && refresher !== "uas")
    throw new SipError("malformed refresher");
  return { interval: seconds(head, "Session-Expires"), refresher };
}

/** Seconds; RFC 4028 5. */
export const parseMinSE = (value: string): number => seconds(headAndParams(value).head, "Min-SE");

/** Seconds; RFC 3261 20.19. Something unreadable counts as 3600, as RFC 3261 10.3 allows a registrar to choose. */
export const parseExpires = (value: string): number => wholeNumber(value, maxSeconds) ?? 3_600;

/** RFC 3262 7.1. */
export function parseRSeq(value: string): number {
  const number = wholeNumber(value, 4_294_967_295);
  if (!number) throw new SipError("malformed RSeq");
  return number;
}

export interface RAck {
  readonly rseq: number;
  readonly cseq: number;
  readonly method: string;
}

/** RFC 3262 7.2. */
export function parseRAck(value: string): RAck {
  const [rseq = "", cseq = "", method = "", ...more] = value.split(/[ \t]+/);
  const number = wholeNumber(cseq, 2_147_483_647);
  if (number === undefined || !isToken(method) || more.length > 0) throw new SipError("malformed RAck");
  return { rseq: parseRSeq(rseq), cseq: number, method };
}

/** `Digest name=value, name="value"`: a challenge or an answer to one (RFC 3261 25.1). Names in lower case, values bare. */
export interface AuthValue {
  /** Lower case; parameters are read of `digest` only. */
  readonly scheme: string;
  readonly params: Params;
}

export function parseAuth(value: string): AuthValue {
  const end = tokenEnd(value, 0);
  const scheme = value.slice(0, end).toLowerCase();
  if (scheme === "") throw new SipError("malformed credentials");
  return { scheme, params: scheme === "digest" ? commaParams(value, end) : new Map() };
}

/** `name=value` pairs parted by commas. */
function commaParams(value: string, from: number): Params {
  const params = new Map<string, string>();
  for (let at = from; ; at++) {
    const start = skipSpace(value, at);
    const stop = tokenEnd(value, start);
    const name = value.slice(start, stop).toLowerCase();
    const equals = skipSpace(value, stop);
    if (name === "" || value[equals] !== "=" || params.has(name)) throw new SipError("malformed credentials");
    const open = skipSpace(value, equals + 1);
    const close = value[open] === '"' ? quotedEnd(value, open) : tokenEnd(value, open);
    if (close === open) throw new SipError("malformed credentials");
    params.set(name, unquote(value.slice(open, close)));
    at = skipSpace(value, close);
    if (at === value.length) return params;
    if (value[at] !== ",") throw new SipError("malformed credentials");
  }
}

function headAndParams(value: string): { head: string; params: Params } {
  const semicolon = value.indexOf(";");
  const at = semicolon < 0 ? value.length : semicolon;
  return { head: trimSpace(value.slice(0, at)), params: parseParams(value, at) };
}

function seconds(text: string, name: string): number {
  const value = wholeNumber(text, maxSeconds);
  if (value === undefined) throw new SipError(`malformed ${name}`);
  return value;
}
