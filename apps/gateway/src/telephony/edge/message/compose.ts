import { tagOf } from "./address.ts";
import { reasonOf } from "./reasons.ts";
import type { Answerable } from "./sip-error.ts";
import type { Header, ReceivedRequest, SipMessage, SipRequest, SipResponse } from "./types.ts";

export const noBody: Uint8Array = new Uint8Array();

/** The first value of a header. @param name lower case, long form */
export const header = (message: Pick<SipMessage, "headers">, name: string): string | undefined =>
  message.headers.find((h) => h.name === name)?.value;

/** Every value of a header, in order. */
export const headerValues = (message: Pick<SipMessage, "headers">, name: string): string[] =>
  message.headers.filter((h) => h.name === name).map((h) => h.value);

/** The same message with one more value in front, as Via and Route want it. */
export function withFirst<M extends SipMessage>(message: M, name: string, value: string): M {
  return { ...message, headers: [{ name, value }, ...message.headers] };
}

export interface RequestParts {
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly Header[];
  readonly body?: Uint8Array;
}

export const composeRequest = ({ method, uri, headers, body = noBody }: RequestParts): SipRequest => ({
  kind: "request",
  method,
  uri,
  headers,
  body,
});

export interface AnswerParts {
  readonly reason?: string;
  readonly headers?: readonly Header[];
  readonly body?: Uint8Array;
  /** Put on To when it has none; 100 goes without. */
  readonly toTag?: string;
}

/** An answer with the fields that RFC 3261 8.2.6 has copied from the request. */
export function answer(request: Answerable, status: number, parts: AnswerParts = {}): SipResponse {
  const copied = status > 100 && status < 300 ? [...always, "record-route"] : always;
  const headers = request.headers.filter((h) => copied.includes(h.name));
  const { reason = reasonOf(status), body = noBody, headers: own = [], toTag } = parts;
  const tagged = toTag === undefined || status === 100 ? headers : headers.map((h) => withTag(h, toTag));
  return { kind: "response", status, reason, headers: [...tagged, ...own], body };
}

const always: readonly string[] = ["via", "from", "to", "call-id", "cseq"];

/** A tag can stand behind the address only: `;tag=` inside the angle brackets belongs to the URI. */
function withTag(h: Header, tag: string): Header {
  if (h.name !== "to") return h;
  const behind = h.value.slice(h.value.lastIndexOf(">") + 1);
  return /;[ \t]*tag[ \t]*=/i.test(behind) ? h : { name: h.name, value: `${h.value};tag=${tag}` };
}

/** A request that names a dialog or claims to (RFC 3261 12.2.2). */
export const inDialog = (request: ReceivedRequest): boolean => tagOf(request.to) !== undefined;
