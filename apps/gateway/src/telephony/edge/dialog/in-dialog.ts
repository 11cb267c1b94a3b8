import { composeRequest, parseNameAddr, type ReceivedRequest, type SipRequest } from "../message/index.ts";
import type { Dialog, InDialogRequest } from "./dialog.ts";

/** The next request of a dialog and the dialog behind it (RFC 3261 12.2.1.1). ACK and CANCEL use up no number. */
export function requestIn(dialog: Dialog, wanted: InDialogRequest): { request: SipRequest; dialog: Dialog } {
  const { method, headers = [], body, cseq } = wanted;
  const number = cseq ?? dialog.localCSeq + 1;
  const { uri, routes } = wayOf(dialog);
  const request = composeRequest({
    method,
    uri,
    headers: [
      ...routes.map((value) => ({ name: "route", value })),
      { name: "max-forwards", value: "70" },
      { name: "from", value: dialog.local },
      { name: "to", value: dialog.remote },
      { name: "call-id", value: dialog.callId },
      { name: "cseq", value: `${number} ${method}` },
      ...headers,
    ],
    ...(body ? { body } : {}),
  });
  return { request, dialog: cseq === undefined ? { ...dialog, localCSeq: number } : dialog };
}

/** A first hop without `lr` is a strict router of RFC 2543: it wants to be the Request-URI itself. */
function wayOf({ target, routes }: Dialog): { uri: string; routes: readonly string[] } {
  const [first, ...rest] = routes;
  const uri = first === undefined ? undefined : parseNameAddr(first).uri;
  if (uri?.kind !== "sip" || uri.params.has("lr")) return { uri: target, routes };
  return { uri: uri.text, routes: [...rest, `<${target}>`] };
}

export type Arrival =
  | { readonly kind: "next"; readonly dialog: Dialog }
  /** RFC 3261 12.2.2: an older request than the last; 500. */
  | { readonly kind: "late" };

/** Takes a request of theirs in its order. Gaps are allowed: a challenged request uses up a number too. */
export function arrive(dialog: Dialog, request: ReceivedRequest): Arrival {
  const { method, number } = request.cseq;
  // ACK has the number of its INVITE, and PRACK's order is RAck's.
  if (method === "ACK") return { kind: "next", dialog };
  if (dialog.remoteCSeq !== undefined && number <= dialog.remoteCSeq) return { kind: "late" };
  return { kind: "next", dialog: { ...dialog, remoteCSeq: number } };
}
