import type { Flow } from "../flow.ts";
import { proposal } from "../leg/index.ts";
import { composeRequest, type Header, quote, type SipRequest, sipUri } from "../message/index.ts";

export const media: readonly Header[] = [{ name: "content-type", value: "application/sdp" }];

/** What the other end of a dialog may ask of us. 100rel is not among it: nobody has to make sure of his 18x. */
export const ourAbilities: readonly Header[] = [
  { name: "allow", value: "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY" },
  { name: "supported", value: "timer" },
];

/** Where requests of a dialog reach us: on a connection the name is nobody's, for they come by the connection. */
export function contactOf({ transport, sentBy }: Flow): Header {
  const parameter = transport === "UDP" ? "" : `;transport=${transport.toLowerCase()}`;
  return { name: "contact", value: `<sip:edge@${sentBy}${parameter}>` };
}

/** An INVITE that we send. */
export interface Outgoing {
  readonly flow: Flow;
  /** Request-URI: the Contact of a device. */
  readonly uri: string;
  readonly domain: string;
  readonly to: string;
  /** Who rings, as it is shown. */
  readonly from: { readonly user: string; readonly name: string | undefined };
  /** Ours, such as X-Interaction-ID. Nothing of the caller's is passed on. */
  readonly headers: readonly Header[];
}

/** Without an offer: the party makes it, and our ACK answers it. */
export function inviteOf(out: Outgoing, randomId: () => string): SipRequest {
  const { from, domain } = out;
  const name = from.name === undefined ? "" : `${quote(from.name)} `;
  return composeRequest({
    method: "INVITE",
    uri: out.uri,
    headers: [
      { name: "max-forwards", value: "70" },
      { name: "from", value: `${name}<${sipUri(from.user, domain)}>;tag=${randomId()}` },
      { name: "to", value: `<${sipUri(out.to, domain)}>` },
      { name: "call-id", value: `${randomId()}@${domain}` },
      { name: "cseq", value: "1 INVITE" },
      contactOf(out.flow),
      ...ourAbilities,
      ...proposal,
      ...out.headers,
    ],
  });
}

export const withOffer = (invite: SipRequest, body: Uint8Array): SipRequest => ({
  ...invite,
  headers: [...invite.headers, ...media],
  body,
});
