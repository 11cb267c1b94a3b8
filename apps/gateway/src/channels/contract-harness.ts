import type { IncomingHttpHeaders } from "node:http";
import type { Channel, ChannelDeps } from "./channel.ts";

/** Troubles that any vendor may have, named by what happens there. */
export type ChannelFault =
  /** Too many requests. */
  | "throttled"
  /** The vendor says: not now, try again. */
  | "temporary"
  /** Credentials revoked. */
  | "token_dead"
  /** The account may not send until somebody settles it with the vendor. */
  | "restricted"
  /** This part will never be accepted. */
  | "refused"
  /** A success that is not the vendor's: a proxy's page. */
  | "garbled"
  /** The connection breaks after the request was read. */
  | "lost"
  /** No answer, ever. */
  | "hang"
  /** No connection at all. */
  | "unreachable";

/** A channel with a vendor that the test commands. */
export interface ChannelHarness {
  readonly channel: Channel;
  readonly deps: ChannelDeps;
  /** Good configuration; its account is opened for every test. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The fields of `config` without which no account can be opened. */
  readonly required: readonly string[];
  /** Somebody whom the account may write to, and whose name the vendor tells. */
  readonly customer: string;
  /** The vendor's headers for these bytes. */
  sign(raw: Buffer): IncomingHttpHeaders;
  /** How the vendor writes a body down; JSON unless told. */
  encode?(body: unknown): Buffer;
  /** Where the vendor sends it, where that counts. */
  readonly webhookUrl?: string;
  /** The vendor's handshake and the right answer; `null`: the vendor has none. */
  readonly handshake: { readonly query: Record<string, string>; readonly answer: string } | null;
  /** A webhook body with one text message to the account; `null`: nobody can write to it. */
  readonly messageBody: ((message: { from: string; id: string; text: string }) => unknown) | null;
  /** What this vendor has not, where it has less than most. */
  readonly lacks?: {
    /** Signatures: the address is the secret. Webhooks: it calls nobody (`Account.connect`). */
    readonly signatures?: boolean;
    readonly webhooks?: boolean;
    readonly profiles?: boolean;
    /** It drops a repetition by our id, so nothing that it may have got is `unknown`. */
    readonly doubt?: boolean;
  };
  /** Governs every request from now on; `null`: all is well. */
  fault(fault: ChannelFault | null): void;
  /** How many parts the vendor took in and will deliver. */
  accepted(): number;
  /** Resolves when the vendor gets the next request, or the fault keeps it from getting any. */
  nextRequest(): Promise<void>;
  close(): Promise<void>;
}
