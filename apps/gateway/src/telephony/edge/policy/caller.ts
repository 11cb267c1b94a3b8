import { type Header, header, parseNameAddr, type ReceivedRequest, SipError } from "../message/index.ts";
import type { WebVisit } from "./web-tokens.ts";

/** Who calls, and what of his INVITE is believed. Nothing else of it goes on to anybody. */
export interface Caller {
  readonly kind: "agent" | "trunk" | "web";
  /** The agent's user, the trunk's id, the visitor. */
  readonly id: string;
  /** The agent's log-in. */
  readonly session: string | undefined;
  /** The user part of what was called. */
  readonly target: string;
  /** Who rings as it is shown: a trunk's word, an agent's own user, a visitor. */
  readonly from: { readonly user: string; readonly name: string | undefined };
  /** Whom a trunk says was called first (RFC 5806). */
  readonly diverted: string | undefined;
  /** `X-` headers of a trunk. */
  readonly headers: readonly Header[];
}

/** @throws SipError 416 for what is no SIP or telephone number, 404 for a host alone */
export function targetOf(invite: ReceivedRequest): string {
  const user = userOf(invite.target);
  if (user === undefined) throw new SipError("no such address", invite.target.kind === "sip" ? 404 : 416);
  return user;
}

/** What a trunk asserts of its caller: P-Asserted-Identity (RFC 3325) before From, and where the call was first sent. */
export function assertedBy(trunk: string, invite: ReceivedRequest): Caller {
  const asserted = addressOf(invite, "p-asserted-identity");
  const from = asserted ?? invite.from;
  return {
    kind: "trunk",
    id: trunk,
    session: undefined,
    target: targetOf(invite),
    from: { user: userOf(from.uri) ?? "anonymous", name: shown(from.display ?? invite.from.display) },
    diverted: userOf(addressOf(invite, "diversion")?.uri),
    headers: invite.headers.filter((h) => h.name.startsWith("x-")),
  };
}

/** An agent is who he proved to be, whatever he writes. */
export const proven = (id: string, invite: ReceivedRequest): Caller => ({
  kind: "agent",
  id,
  session: undefined,
  target: targetOf(invite),
  from: { user: id, name: undefined },
  diverted: undefined,
  headers: [],
});

/** A visitor is who his token says; where it does not say, a display name is his to choose. */
export const visiting = (visit: WebVisit, invite: ReceivedRequest): Caller => ({
  ...proven(visit.visitor, invite),
  kind: "web",
  from: {
    user: visit.number ?? "anonymous",
    name: visit.number === undefined ? shown(invite.from.display) : shown(visit.name),
  },
});

function addressOf(invite: ReceivedRequest, name: string) {
  const value = header(invite, name);
  return value === undefined ? undefined : parseNameAddr(value);
}

function userOf(uri: ReceivedRequest["target"] | undefined): string | undefined {
  if (uri?.kind === "sip") return uri.user?.split(";")[0];
  return uri?.scheme === "tel" ? uri.opaque.split(";")[0] : undefined;
}

/** A name goes into headers and onto screens: no signs that steer either. */
function shown(name: string | undefined): string | undefined {
  const plain = name?.replace(/\p{C}/gu, "").trim().slice(0, 64);
  return plain === "" ? undefined : plain;
}
