import { isUtf8 } from "node:buffer";
import { parseNameAddr, parseVia } from "./address.ts";
import { isToken, skipSpace, splitList, tokenEnd, trimSpace, wholeNumber } from "./grammar.ts";
import { headerName, lists, singles } from "./names.ts";
import { SipError } from "./sip-error.ts";
import type { CSeq, Essentials, Header, NameAddr, ReceivedMessage } from "./types.ts";
import { parseUri } from "./uri.ts";

/** Octets of a whole message, of its head, and header values in it. */
export const limits = { message: 65_536, head: 16_384, headers: 256 } as const;

const callIdPattern = /^[A-Za-z0-9\-.!%*_+`'~()<>:\\"/[\]?{}]+(?:@[A-Za-z0-9\-.!%*_+`'~()<>:\\"/[\]?{}]+)?$/;
const reasonPattern = /^[^\p{Cc}]*$/u;
const headEnd = Buffer.from("\r\n\r\n");

type StartLine = { method: string; uri: string; version: string } | { status: number; reason: string };

/**
 * Reads one message (RFC 3261 25, strictly; RFC 4475 is the measure). Time grows with its length only.
 * Octets behind Content-Length are dropped, as RFC 3261 18.3 says of datagrams; a stream is cut before (frame.ts).
 * @throws SipError, and nothing else
 */
export function parseMessage(bytes: Uint8Array): ReceivedMessage {
  if (bytes.length > limits.message) throw new SipError("message too large", 513);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let start = 0;
  // RFC 3261 7.5: empty lines before the start line are ignored.
  while (buffer[start] === 0x0d && buffer[start + 1] === 0x0a) start += 2;
  const end = buffer.indexOf(headEnd, start);
  if (end < 0) throw new SipError("head without an end");
  if (end - start > limits.head) throw new SipError("head too large", 513);
  const head = buffer.subarray(start, end);
  if (!isUtf8(head)) throw new SipError("head is not UTF-8");
  const lines = unfold(head.toString("utf8"));
  const line = parseStartLine(lines[0] ?? "");
  const headers: Header[] = [];
  try {
    for (const text of lines.slice(1)) readHeader(text, headers);
    return finish(line, headers, buffer.subarray(end + headEnd.length));
  } catch (error) {
    if (!(error instanceof SipError) || "status" in line) throw error;
    throw new SipError(error.message, error.status, { method: line.method, headers });
  }
}

/**
 * The Content-Length of a head, for cutting a stream. Read as `parseMessage` reads it, so that both agree on where a
 * message ends. RFC 3261 18.3: on a stream it must be there.
 * @param head without the empty line behind it
 * @throws SipError
 */
export function contentLength(head: Uint8Array): number {
  const headers: Header[] = [];
  for (const text of unfold(Buffer.from(head).toString("utf8")).slice(1)) readHeader(text, headers);
  const values = headers.filter((h) => h.name === "content-length");
  const octets = wholeNumber(values[0]?.value ?? "", limits.message);
  if (values.length !== 1 || octets === undefined) throw new SipError("stream without one Content-Length");
  return octets;
}

/** Lines of the head, continuation lines joined to theirs by one space (RFC 3261 7.3.1). */
function unfold(head: string): string[] {
  const lines: string[] = [];
  for (const line of head.split("\r\n")) {
    if (/[\r\n]/.test(line)) throw new SipError("line end that is not CR LF");
    const folded = line.startsWith(" ") || line.startsWith("\t");
    if (!folded) lines.push(line);
    else if (lines.length < 2) throw new SipError("start line may not be folded");
    else lines[lines.length - 1] += ` ${trimSpace(line)}`;
  }
  return lines;
}

/** A request line that is wrong behind its method still says that a request was meant: it can be answered. */
function parseStartLine(line: string): StartLine {
  const space = line.indexOf(" ");
  const first = line.slice(0, Math.max(0, space));
  const rest = line.slice(space + 1);
  if (/^SIP\/2\.0$/i.test(first)) {
    const [status, reason] = [rest.slice(0, 3), rest.slice(4)];
    if (!/^[1-6][0-9]{2}(?: |$)/.test(rest) || !reasonPattern.test(reason))
      throw new SipError("malformed status line");
    return { status: Number(status), reason };
  }
  if (!isToken(first)) throw new SipError("malformed start line");
  const last = rest.lastIndexOf(" ");
  return { method: first, uri: rest.slice(0, Math.max(0, last)), version: rest.slice(last + 1) };
}

/** Appends the values of one line. What cannot be split is appended whole, so that the request can be answered. */
function readHeader(line: string, headers: Header[]): void {
  const end = tokenEnd(line, 0);
  const colon = skipSpace(line, end);
  if (end === 0 || line[colon] !== ":") throw new SipError("malformed header line");
  const name = headerName(line.slice(0, end));
  const value = trimSpace(line.slice(colon + 1));
  if (!lists.has(name) || !value.includes(",")) headers.push({ name, value });
  else for (const part of splitOrKeep(name, value, headers)) headers.push({ name, value: part });
  if (headers.length > limits.headers) throw new SipError("too many headers", 513);
}

function splitOrKeep(name: string, value: string, headers: Header[]): string[] {
  try {
    return splitList(value, ",");
  } catch (error) {
    headers.push({ name, value });
    throw error;
  }
}

function finish(line: StartLine, headers: readonly Header[], rest: Buffer): ReceivedMessage {
  if ("version" in line && !/^SIP\/2\.0$/i.test(line.version)) throw wrongVersion(line.version);
  const seen = new Set<string>();
  for (const { name } of headers)
    if (seen.has(name) && singles.has(name)) throw new SipError(`header twice: ${name}`);
    else seen.add(name);
  const essentials = readEssentials(headers);
  const hops = optional(headers, "max-forwards");
  if (hops !== undefined && wholeNumber(hops, 255) === undefined)
    throw new SipError("malformed Max-Forwards");
  const body = cutBody(optional(headers, "content-length"), rest);
  if ("status" in line) return { kind: "response", ...line, ...essentials, headers, body };
  if (line.method !== essentials.cseq.method) throw new SipError("CSeq names another method");
  const { method, uri } = line;
  return { kind: "request", method, uri, target: readTarget(uri), ...essentials, headers, body };
}

const wrongVersion = (version: string): SipError =>
  /^SIP\/[0-9]{1,3}\.[0-9]{1,3}$/i.test(version)
    ? new SipError("version not supported", 505)
    : new SipError("malformed start line");

function readTarget(text: string): ReturnType<typeof parseUri> {
  const target = parseUri(text);
  if (target.kind === "other" && target.scheme !== "tel") throw new SipError("unsupported URI scheme", 416);
  // RFC 3261 19.1.1: a Request-URI has no headers part.
  if (target.kind === "sip" && target.headers !== undefined) throw new SipError("Request-URI with headers");
  return target;
}

function readEssentials(headers: readonly Header[]): Essentials {
  const callId = required(headers, "call-id");
  if (!callIdPattern.test(callId)) throw new SipError("malformed Call-ID");
  const cseq = parseCSeq(required(headers, "cseq"));
  const via = parseVia(required(headers, "via"));
  const [from, to] = [address(headers, "from"), address(headers, "to")];
  // Contact and the route set decide where requests go: a broken one is refused at the door, not in mid-call.
  for (const { name, value } of headers)
    if (name === "route" || name === "record-route") parseNameAddr(value);
    else if (name === "contact" && value !== "*") parseNameAddr(value);
    else if (name === "via") parseVia(value);
  return { via, from, to, callId, cseq };
}

function address(headers: readonly Header[], name: "from" | "to"): NameAddr {
  const parsed = parseNameAddr(required(headers, name));
  const tag = parsed.params.get("tag");
  if (tag !== undefined && !isToken(tag)) throw new SipError(`malformed tag in ${name}`);
  return parsed;
}

/** `4711 INVITE`; the number stays below 2^31 (RFC 3261 8.1.1.5). */
function parseCSeq(value: string): CSeq {
  const end = tokenEnd(value, 0);
  const start = skipSpace(value, end);
  const number = wholeNumber(value.slice(0, end), 2_147_483_647);
  const method = value.slice(start);
  if (number === undefined || start === end || !isToken(method)) throw new SipError("malformed CSeq");
  return { number, method };
}

function cutBody(length: string | undefined, rest: Buffer): Buffer {
  if (length === undefined) return rest;
  const octets = wholeNumber(length, Number.MAX_SAFE_INTEGER);
  if (octets === undefined) throw new SipError("malformed Content-Length");
  if (octets > rest.length) throw new SipError("body shorter than Content-Length");
  return rest.subarray(0, octets);
}

function required(headers: readonly Header[], name: string): string {
  const value = optional(headers, name);
  if (!value) throw new SipError(`header missing: ${name}`);
  return value;
}

const optional = (headers: readonly Header[], name: string): string | undefined =>
  headers.find((h) => h.name === name)?.value;
