/** One header field value. `name` is lower-case and long (`v` is read as `via`); lists are split, one entry per value. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** Parameters as written (quoted values keep their quotes); names in lower case; "" for a name without a value. */
export type Params = ReadonlyMap<string, string>;

export interface SipUri {
  readonly kind: "sip";
  readonly scheme: "sip" | "sips";
  /** Escapes decoded. */
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Lower case; an IPv6 address keeps its brackets. */
  readonly host: string;
  readonly port: number | undefined;
  /** Escapes decoded. */
  readonly params: Params;
  /** What follows the question mark, as written. */
  readonly headers: string | undefined;
  /** As it was written: what goes back on the wire. */
  readonly text: string;
}

export interface OtherUri {
  readonly kind: "other";
  /** Lower case: `tel`, `urn` and the like. */
  readonly scheme: string;
  readonly opaque: string;
  readonly text: string;
}

export type Uri = SipUri | OtherUri;

export interface NameAddr {
  readonly display: string | undefined;
  readonly uri: Uri;
  readonly params: Params;
}

export interface Via {
  /** Upper case: UDP, TCP, TLS, WS, WSS or something unknown. */
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly params: Params;
}

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

export interface SipRequest {
  readonly kind: "request";
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface SipResponse {
  readonly kind: "response";
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export type SipMessage = SipRequest | SipResponse;

/** What every received message has, read once: its top Via and the fields that name its dialog. */
export interface Essentials {
  readonly via: Via;
  readonly from: NameAddr;
  readonly to: NameAddr;
  readonly callId: string;
  readonly cseq: CSeq;
}

export type ReceivedRequest = SipRequest & Essentials & { readonly target: Uri };
export type ReceivedResponse = SipResponse & Essentials;
export type ReceivedMessage = ReceivedRequest | ReceivedResponse;
