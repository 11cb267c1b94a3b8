import { type ReceivedRequest, type ReceivedResponse, tagOf, type Via } from "../message/index.ts";

/** What a branch of RFC 3261 begins with (8.1.1.7). */
export const cookie = "z9hG4bK";

/** A branch of RFC 3261 that says something: RFC 2543's have no cookie, RFC 4475's badbranch has nothing else. */
export function hasBranch(via: Via): boolean {
  const branch = via.params.get("branch") ?? "";
  return (
    branch.length > cookie.length && branch.slice(0, cookie.length).toLowerCase() === cookie.toLowerCase()
  );
}

/** RFC 3261 17.2.3: branch, sent-by and method; ACK belongs to its INVITE. @param method to look for another's */
export function serverKey({ via, method }: ReceivedRequest, as = method): string {
  return `${via.params.get("branch")}|${via.host}:${via.port ?? ""}|${as === "ACK" ? "INVITE" : as}`;
}

/** RFC 3261 17.1.3: branch and the method of CSeq. */
export const clientKey = (branch: string, method: string): string => `${branch}|${method}`;

export const responseKey = ({ via, cseq }: ReceivedResponse): string =>
  clientKey(via.params.get("branch") ?? "", cseq.method);

/** The same request on two ways, outside a dialog (RFC 3261 8.2.2.2). */
export function mergeKey({ from, to, callId, cseq }: ReceivedRequest): string | undefined {
  return tagOf(to) === undefined ? `${tagOf(from)}|${callId}|${cseq.number} ${cseq.method}` : undefined;
}
