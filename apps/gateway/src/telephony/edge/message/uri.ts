import { wholeNumber } from "./grammar.ts";
import { SipError } from "./sip-error.ts";
import type { Params, SipUri, Uri } from "./types.ts";

const schemePattern = /^[A-Za-z][A-Za-z0-9+.-]*$/;
const userPattern = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/]|%[0-9A-Fa-f]{2})+$/;
const passwordPattern = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,]|%[0-9A-Fa-f]{2})*$/;
const paramPattern = /^(?:[A-Za-z0-9\-_.!~*'()[\]/:&+$]|%[0-9A-Fa-f]{2})+$/;
const headersPattern = /^(?:[A-Za-z0-9\-_.!~*'()[\]/?:+$&=]|%[0-9A-Fa-f]{2})+$/;
const opaquePattern = /^[!-;=?-~]+$/;
const namePattern = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;
const ipv6Pattern = /^\[[0-9A-Fa-f:.]{2,45}\]$/;

const none: Params = new Map();

/** Reads `sip:` and `sips:` in full, any other scheme as opaque (RFC 3261 19.1 and 25.1). */
export function parseUri(text: string): Uri {
  const colon = text.indexOf(":");
  const scheme = text.slice(0, Math.max(0, colon));
  if (!schemePattern.test(scheme)) throw new SipError("URI without a scheme");
  const known = scheme.toLowerCase();
  const rest = text.slice(colon + 1);
  if (known === "sip" || known === "sips") return parseSip(known, rest, text);
  if (!opaquePattern.test(rest)) throw new SipError("URI with a sign that it may not have");
  return { kind: "other", scheme: known, opaque: rest, text };
}

function parseSip(scheme: "sip" | "sips", rest: string, text: string): SipUri {
  const at = rest.indexOf("@");
  const { user, password } = at < 0 ? { user: undefined, password: undefined } : userInfo(rest.slice(0, at));
  const tail = rest.slice(at + 1);
  const question = tail.indexOf("?");
  const headers = question < 0 ? undefined : tail.slice(question + 1);
  if (headers !== undefined && !headersPattern.test(headers)) throw new SipError("malformed URI headers");
  const address = question < 0 ? tail : tail.slice(0, question);
  const semicolon = address.indexOf(";");
  const place = parseHostPort(semicolon < 0 ? address : address.slice(0, semicolon));
  const params = semicolon < 0 ? none : uriParams(address.slice(semicolon + 1));
  return { kind: "sip", scheme, user, password, ...place, params, headers, text };
}

function userInfo(info: string): { user: string; password: string | undefined } {
  const colon = info.indexOf(":");
  const user = colon < 0 ? info : info.slice(0, colon);
  const password = colon < 0 ? undefined : info.slice(colon + 1);
  if (!userPattern.test(user)) throw new SipError("malformed user part of a URI");
  if (password !== undefined && !passwordPattern.test(password)) throw new SipError("malformed URI password");
  return { user: decode(user), password };
}

function uriParams(text: string): Params {
  const params = new Map<string, string>();
  for (const part of text.split(";")) {
    const equals = part.indexOf("=");
    const name = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? "" : part.slice(equals + 1);
    if (!paramPattern.test(name) || (equals >= 0 && !paramPattern.test(value)))
      throw new SipError("malformed URI parameter");
    params.set(decode(name).toLowerCase(), decode(value));
  }
  return params;
}

/** `host[:port]` as URIs and Via have it; white space must be gone. */
export function parseHostPort(text: string): { host: string; port: number | undefined } {
  const closing = text.startsWith("[") ? text.indexOf("]") + 1 : 0;
  const colon = text.indexOf(":", closing);
  const host = colon < 0 ? text : text.slice(0, colon);
  if (!namePattern.test(host) && !ipv6Pattern.test(host)) throw new SipError("malformed host");
  if (colon < 0) return { host: host.toLowerCase(), port: undefined };
  const port = wholeNumber(text.slice(colon + 1), 65_535);
  if (!port) throw new SipError("malformed port");
  return { host: host.toLowerCase(), port };
}

/** Escapes that are not UTF-8 stay as they are written. */
function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `sip:user@host:port`, the user escaped where it must be. */
export function sipUri(user: string | undefined, host: string, port?: number): string {
  const escaped = user?.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/gu, encodeURIComponent);
  return `sip:${escaped === undefined ? "" : `${escaped}@`}${host}${port === undefined ? "" : `:${port}`}`;
}
