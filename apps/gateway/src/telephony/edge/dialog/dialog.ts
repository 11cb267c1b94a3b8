import {
  type Header,
  header,
  headerValues,
  parseNameAddr,
  type ReceivedRequest,
  type ReceivedResponse,
  type SipRequest,
  tagOf,
} from "../message/index.ts";

/**
 * The state of a dialog (RFC 3261 12), plain values only, so that it can be written down and read back after a crash.
 *
 *            1xx with tag                2xx
 *   (none) --------------> early ----------------> confirmed --BYE--> (gone)
 *      |                     |  300-699, CANCEL                         ^
 *      |                     +------------------------------------------+
 *      +-------------------- 2xx ----------------> confirmed
 */
export interface Dialog {
  readonly state: "early" | "confirmed";
  /** Whether we sent the request that made it. */
  readonly role: "uac" | "uas";
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** From or To as they go out, tag included. */
  readonly local: string;
  readonly remote: string;
  /** The last number that we used. */
  readonly localCSeq: number;
  /** The last number of theirs; undefined before their first request. */
  readonly remoteCSeq: number | undefined;
  /** Where requests go: the peer's Contact. */
  readonly target: string;
  /** Values of Route, in order. */
  readonly routes: readonly string[];
}

/** The dialog that an INVITE of theirs makes, when we answer it with `localTag` (RFC 3261 12.1.1). */
export function dialogOfRequest(request: ReceivedRequest, localTag: string): Dialog {
  return {
    state: "early",
    role: "uas",
    callId: request.callId,
    localTag,
    remoteTag: tagOf(request.from) ?? "",
    local: `${header(request, "to")};tag=${localTag}`,
    remote: header(request, "from") ?? "",
    localCSeq: 0,
    remoteCSeq: request.cseq.number,
    target: contactOf(request) ?? "",
    routes: headerValues(request, "record-route"),
  };
}

/** The dialog that an answer to an INVITE of ours makes (RFC 3261 12.1.2); undefined without a tag. */
export function dialogOfResponse(request: SipRequest, response: ReceivedResponse): Dialog | undefined {
  const remoteTag = tagOf(response.to);
  if (remoteTag === undefined || response.status <= 100 || response.status >= 300) return undefined;
  return {
    state: response.status < 200 ? "early" : "confirmed",
    role: "uac",
    callId: response.callId,
    localTag: tagOf(response.from) ?? "",
    remoteTag,
    local: header(request, "from") ?? "",
    remote: header(response, "to") ?? "",
    localCSeq: response.cseq.number,
    remoteCSeq: undefined,
    target: contactOf(response) ?? request.uri,
    routes: headerValues(response, "record-route").toReversed(),
  };
}

/** A 2xx confirms, and its route set counts, not the early one's (RFC 3261 13.2.2.4). */
export function confirm(dialog: Dialog, response?: ReceivedResponse): Dialog {
  if (!response) return { ...dialog, state: "confirmed" };
  const routes = headerValues(response, "record-route").toReversed();
  return { ...dialog, state: "confirmed", routes, target: contactOf(response) ?? dialog.target };
}

/** The Contact's URI of an INVITE, UPDATE, SUBSCRIBE or their 2xx is the new target (RFC 3261 12.2). */
export function refreshTarget(dialog: Dialog, message: ReceivedRequest | ReceivedResponse): Dialog {
  const target = contactOf(message);
  return target === undefined ? dialog : { ...dialog, target };
}

function contactOf(message: ReceivedRequest | ReceivedResponse): string | undefined {
  const value = header(message, "contact");
  return value === undefined || value === "*" ? undefined : parseNameAddr(value).uri.text;
}

/** The name under which a dialog is found: Call-ID, our tag, their tag. */
export const dialogKey = ({
  callId,
  localTag,
  remoteTag,
}: Pick<Dialog, "callId" | "localTag" | "remoteTag">): string => `${callId}|${localTag}|${remoteTag}`;

/** The key of the dialog that a request of theirs means. */
export const keyOfRequest = (request: ReceivedRequest): string =>
  dialogKey({
    callId: request.callId,
    localTag: tagOf(request.to) ?? "",
    remoteTag: tagOf(request.from) ?? "",
  });

export interface InDialogRequest {
  readonly method: string;
  readonly headers?: readonly Header[];
  readonly body?: Uint8Array;
  /** The number of the INVITE that an ACK belongs to; others take the next one. */
  readonly cseq?: number;
}
