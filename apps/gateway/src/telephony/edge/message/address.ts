import { formatParams, parseParams, quotedEnd, skipSpace, tokenEnd, trimSpace, unquote } from "./grammar.ts";
import { SipError } from "./sip-error.ts";
import type { NameAddr, Via } from "./types.ts";
import { parseHostPort, parseUri } from "./uri.ts";

/** Words of an unquoted display name. Letters outside ASCII are not in the grammar, but phones write them. */
const displayWords = /^[A-Za-z0-9\-.!%*_+`'~ \t\u0080-\u{10ffff}]*$/u;

/** One value of From, To, Contact, Route, Record-Route, Refer-To and their like (RFC 3261 20.10). */
export function parseNameAddr(value: string): NameAddr {
  const quoted = value.startsWith('"') ? quotedEnd(value, 0) : 0;
  const open = quoted ? skipSpace(value, quoted) : value.indexOf("<");
  if (quoted && value[open] !== "<") throw new SipError("address expected behind the display name");
  if (open < 0) return bareAddress(value);
  const close = value.indexOf(">", open);
  if (close < 0) throw new SipError("address without its end");
  const words = quoted ? "" : trimSpace(value.slice(0, open));
  if (!displayWords.test(words)) throw new SipError("display name needs quotes");
  const display = quoted ? unquote(value.slice(0, quoted)) : words;
  return {
    display: display === "" ? undefined : display,
    uri: parseUri(value.slice(open + 1, close)),
    params: parseParams(value, close + 1),
  };
}

/** Without angle brackets every parameter is the header's, and `?` and `,` may not stand in the URI (RFC 3261 20). */
function bareAddress(value: string): NameAddr {
  const semicolon = value.indexOf(";");
  const uri = parseUri(trimSpace(semicolon < 0 ? value : value.slice(0, semicolon)));
  if (/[?,]/.test(uri.text)) throw new SipError("address needs angle brackets");
  return { display: undefined, uri, params: parseParams(value, semicolon < 0 ? value.length : semicolon) };
}

/** The `tag` of From or To. */
export const tagOf = (address: NameAddr): string | undefined => address.params.get("tag");

/** `SIP/2.0/UDP host:port;branch=...`, blanks allowed round every sign (RFC 3261 20.42). */
export function parseVia(value: string): Via {
  const semicolon = value.indexOf(";");
  const head = semicolon < 0 ? value : value.slice(0, semicolon);
  let at = word(head, 0, "SIP");
  at = word(head, sign(head, at, "/"), "2.0");
  const start = sign(head, at, "/");
  const end = tokenEnd(head, start);
  const host = skipSpace(head, end);
  if (end === start || host === end) throw new SipError("malformed Via");
  const { host: name, port } = parseHostPort(head.slice(host).replace(/[ \t]/g, ""));
  const params = parseParams(value, semicolon < 0 ? value.length : semicolon);
  return { transport: head.slice(start, end).toUpperCase(), host: name, port, params };
}

function word(text: string, at: number, expected: string): number {
  const end = tokenEnd(text, at);
  if (text.slice(at, end).toUpperCase() !== expected) throw new SipError("malformed Via");
  return end;
}

function sign(text: string, at: number, expected: string): number {
  const i = skipSpace(text, at);
  if (text[i] !== expected) throw new SipError("malformed Via");
  return skipSpace(text, i + 1);
}

export function formatVia(via: Via): string {
  const port = via.port === undefined ? "" : `:${via.port}`;
  return `SIP/2.0/${via.transport} ${via.host}${port}${formatParams(via.params)}`;
}
