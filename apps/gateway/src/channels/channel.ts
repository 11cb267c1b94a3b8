import type { IncomingHttpHeaders } from "node:http";
import type {
  AccountFact,
  AccountSetup,
  Capabilities,
  ChannelId,
  Clock,
  CommentAct,
  Correspondent,
  HealthState,
  MessageTemplate,
  SendFailure,
  TemplateAddress,
} from "@tongdai/shared";
import type { Files } from "./files.ts";
import type { ParsedItem } from "./inbound-item.ts";

export type { Files, KeptFile } from "./files.ts";
export type {
  InboundAttachment,
  InboundComment,
  InboundEvent,
  InboundLetter,
  ParsedItem,
} from "./inbound-item.ts";

/**
 * The seam between the core and a channel. One folder implements it; the core never names a channel, a channel never
 * touches the store or a feature. Every implementation passes contract-suite.ts.
 */
export interface Channel {
  readonly id: ChannelId;
  readonly capabilities: Capabilities;
  readonly setup: AccountSetup;
  /** What is written in public beneath the account's posts: a channel of its own to people, queues and reports. */
  readonly comments?: { readonly id: ChannelId; readonly capabilities: Capabilities };
  /** What the vendor lets one account send, in requests per second. */
  readonly rate: { readonly text: number; readonly media: number };
  /** What a webhook body gets that no account of the address can verify: 401, or 200 and nothing else. */
  readonly whenForged: "refuse" | "drop";
  /**
   * Parses one account's configuration and returns the account ready to use; opens no connection.
   * Throws `AppError("invalid_input")` whose details name the fields that are missing or wrong.
   */
  open(config: unknown, deps: ChannelDeps): Account;
  /**
   * A verified request as the JSON text that is stored and parsed, for vendors that send something else (a form, a GET).
   * Throws `invalid_input` for what is not the vendor's form. Without it the body is taken as it is.
   */
  decode?(request: WebhookRequest): string;
  /**
   * A verified webhook body, parsed as JSON with whole numbers beyond 2^53 as text, item by item, in the order given.
   * Never throws: what is not understood becomes an
   * `unsupported` item and its neighbours live.
   * @param accountIds the vendor's ids of the accounts at the address that it came to
   */
  parse(body: unknown, accountIds: readonly string[]): ParsedItem[];
  /** Of channels that have letters: formatted text without all that could harm who reads it. */
  cleanHtml?(html: string): string;
}

export interface ChannelDeps {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** Where vendors reach us, without a slash at the end; `null`: not told. */
  readonly publicUrl: string | null;
  /** A secret of this installation that never changes, another one for each purpose. */
  readonly keyFor?: (purpose: string) => string;
}

/** What the vendor renews by and by (tokens): kept sealed beside the configuration, one copy for all processes. */
export interface Credentials {
  /** As last written; `null`: never. */
  read(): Promise<string | null>;
  /**
   * Puts what `renew` makes in the place of `stale`. Of all that ask, in all processes, one renews and the others get what
   * it made; where `stale` is no longer what is kept, somebody has renewed already. What is returned is durable. Rejects as
   * `renew` does, and then keeps what was kept.
   */
  replace(stale: string | null, renew: (stale: string | null) => Promise<string>): Promise<string>;
}

export interface Account {
  /** The vendor's id of the page, OA, number or mailbox. */
  readonly externalId: string;
  /** The vendor's id of a message of ours, where it is for us to give it: it is stored before the message is sent. */
  idFor?(messageId: string): string;
  /** Whether a whole message is the customer's word to write no more, or again; absent: the vendor has no such words. */
  optOutWord?(text: string): "stop" | "start" | null;
  /** Customers cannot answer what comes from it. */
  readonly oneWay?: boolean;
  /** What it may send, in texts per second, where that is agreed account by account. */
  readonly perSecond?: number;
  /** Path segment of the webhook: accounts of one vendor app share it. */
  readonly webhookKey: string;
  /** The field that `webhookKey` is made of, where nothing in what comes says for which account it is: no two may share it. */
  readonly keyField?: string;
  /** Our own word, to be pasted at the vendor, which its handshake repeats; `null`: the vendor has none. No secret. */
  readonly verifyToken: string | null;
  /** The vendor's subscription handshake: the body to answer with 200, or `null` to refuse. */
  handshake(query: URLSearchParams): string | null;
  /** Whether the request comes from the vendor. Constant time; false for anything odd. */
  verify(request: WebhookRequest): boolean;
  send(part: OutgoingPart, signal: AbortSignal): Promise<SendOutcome>;
  /** Typing, seen and reactions: best effort, never retried. Rejects when the vendor refused; see `profile`. */
  act(action: OutgoingAction, signal: AbortSignal): Promise<void>;
  /**
   * Name and picture, or `null` where the vendor does not tell. Rejects on trouble that may pass, and with `channel_paused`
   * whose details give the account's new `state` when nothing more can be had from it until somebody acts.
   */
  profile(externalId: string, signal: AbortSignal): Promise<Profile | null>;
  /** Of a post that comments stand beneath; `null`: the vendor does not tell. Rejects as `profile` does. */
  post?(externalId: string, signal: AbortSignal): Promise<PostFacts | null>;
  /** Are the credentials good, and does the vendor deliver to us? Rejects on trouble that may pass. */
  check(signal: AbortSignal): Promise<AccountCheck>;
  /**
   * Keeps a connection for as long as the account is switched on, in one process at a time; absent: the vendor calls us.
   * Resolves soon after the signal, rejects when the connection is lost, and with `channel_paused` as `profile` does. Whoever
   * calls it calls it again.
   */
  connect?(link: Link, signal: AbortSignal): Promise<void>;
  /**
   * Makes of a kept body what `parse` reads, where that takes files or time. It runs once the body is durable, and again when
   * the process died in it. Rejects where nothing can be made of it: after some attempts the body is put aside.
   */
  unpack?(body: unknown, files: Files): Promise<unknown>;
  /** Of channels with calls: the web pages whose visitors may call it; absent: none. */
  readonly visitors?: Visitors;
  /** Absent: connected by its configuration alone. */
  readonly consent?: Consent;
  /** Of channels that declare `templates`. */
  readonly templates?: Templates;
}

/** Callers from web pages. */
export interface Visitors {
  /** `https://shop.example.com` */
  readonly origins: readonly string[];
  /** What the page's own server says of who visits it; `null`: it is not to be believed. */
  whoIs(statement: string): Visitor | null;
}

export interface Visitor {
  /** E.164. */
  readonly number: string;
  readonly name: string | null;
}

/** Words that the vendor approved beforehand. */
export interface Templates {
  /** All that the account has, also what cannot be sent now. Rejects as `profile` does. */
  list(signal: AbortSignal): Promise<MessageTemplate[]>;
  /** The values have been checked against the template's rules. */
  send(template: OutgoingTemplate, signal: AbortSignal): Promise<SendOutcome>;
}

export interface OutgoingTemplate {
  /** Our id: what the vendor is to call it by in its receipts, where it does. */
  readonly messageId: string;
  readonly templateId: string;
  readonly by: TemplateAddress;
  /** E.164 with its plus, or the customer's id at the vendor. */
  readonly to: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Permission that the account's owner gives on a page of the vendor's (OAuth). */
export interface Consent {
  /** The vendor's page. `state` and the proof of `verifier` (PKCE) come back with its answer. */
  url(o: ConsentAttempt & { readonly state: string }): string;
  /**
   * What is kept in `Credentials` for the query that the owner's browser brought back.
   * @throws AppError `channel_refused` for a no of the owner or the vendor, or the wrong account; `unavailable`
   */
  redeem(query: URLSearchParams, o: ConsentAttempt): Promise<string>;
}

export interface ConsentAttempt {
  readonly redirectUri: string;
  /** 43 letters and digits, `-` and `_`; made for this attempt. */
  readonly verifier: string;
}

/** What a kept connection may ask of the core. */
export interface Link {
  readonly files: Files;
  /** Logged in, and whatever comes is heard. */
  up(): void;
  /** How far a source (a folder, a stream) has been kept, as last given; `null`: never. */
  place(source: string): Promise<string | null>;
  /**
   * Keeps what came, in its order, as a webhook's body is kept, and applies it. Once it resolves none of it will be lost, so that
   * the vendor may be told. What came together shares its commits. Rejects with `conflict` when the place is no longer `from`:
   * somebody else has this connection now.
   * @param place how far the source has come with all of it; `null`: the vendor keeps count
   */
  receive(brought: readonly Brought[], place: SourcePlace | null): Promise<void>;
  /** Its source has come further, with nothing to keep. Rejects as `receive` does. */
  move(place: SourcePlace): Promise<void>;
}

export interface SourcePlace {
  readonly source: string;
  readonly from: string | null;
  readonly to: string;
}

export interface Brought {
  /** What `unpack` or else `parse` reads. */
  readonly body: unknown;
  /** Of a file that the body names. */
  readonly file: string | null;
}

export interface WebhookRequest {
  readonly method: "GET" | "POST";
  /** As the vendor calls it: at our public address, with its query. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Exactly the bytes that were signed; none with GET. */
  readonly raw: Buffer;
}

export interface Profile {
  readonly name: string;
  /** Fetched once, through the guarded fetcher. */
  readonly pictureUrl: string | null;
}

export interface PostFacts {
  readonly text: string;
  readonly url: string | null;
  /** Fetched once, through the guarded fetcher. */
  readonly pictureUrl: string | null;
  readonly postedAt: number | null;
}

export interface AccountCheck {
  readonly state: Extract<HealthState, "ok" | "login_needed" | "restricted" | "disabled">;
  readonly name: string | null;
  readonly detail: string | null;
  /** Absent: nothing new is known. */
  readonly facts?: readonly AccountFact[];
}

/** One vendor request's worth of a message. */
export interface OutgoingPart {
  /** Our id; comes back in the echo. */
  readonly messageId: string;
  /** For vendors that drop what they have had: the same at each attempt, another one when a person has it sent again. Absent: `messageId`. */
  readonly sendingId?: string;
  readonly to: string;
  readonly content:
    | { readonly kind: "text"; readonly text: string }
    | {
        readonly kind: "image" | "video" | "audio" | "file";
        readonly name: string;
        readonly mime: string;
        readonly bytes: Buffer;
      };
  /** Of channels that have letters: what it has beside its text, the files among it. */
  readonly letter?: OutgoingLetter;
  readonly replyToExternalId: string | null;
  /** Of public conversations: the vendor's id of the comment that it answers, before everybody or its author alone. */
  readonly answers?: { readonly comment: string; readonly privately: boolean };
  /** Outside the standard window but inside the human one. */
  readonly human: boolean;
}

export interface OutgoingLetter {
  readonly conversationId: string;
  readonly subject: string;
  /** Sanitised; `null`: plain text only. */
  readonly html: string | null;
  readonly to: readonly Correspondent[];
  readonly cc: readonly Correspondent[];
  readonly bcc: readonly Correspondent[];
  readonly files: readonly {
    readonly name: string;
    readonly mime: string;
    readonly bytes: Buffer;
    /** It stands within the formatted text, where it has this content id. */
    readonly cid?: string;
  }[];
  /** The vendor's ids of what it answers and of what came before, the oldest first. */
  readonly references: readonly string[];
  /** Written by a machine: no machine may answer it. */
  readonly automatic: boolean;
}

export type OutgoingAction = { readonly to: string } & (
  | { readonly kind: "typing"; readonly on: boolean }
  | { readonly kind: "seen" }
  | { readonly kind: "reaction"; readonly targetExternalId: string; readonly emoji: string | null }
  /** Rejects with `channel_refused`, whose details name a `failure`, unless the comment is as it was asked for afterwards. */
  | { readonly kind: "moderate"; readonly targetExternalId: string; readonly act: CommentAct }
);

export type SendOutcome =
  | {
      readonly kind: "sent";
      readonly externalId: string;
      /** Of a private answer to a comment: the address at which its author has it. */
      readonly recipient?: string;
      /** The earliest time, by the vendor's clock, at which it can have had the message; absent where it tells no time. */
      readonly notBefore?: number;
      /** Left in several parts, each with an id and a receipt of its own: it has arrived when all have. */
      readonly partIds?: readonly string[];
      readonly slowDownMs?: number;
      /** Recipients whom the vendor would not take while it took others. */
      readonly refused?: readonly { readonly address: string; readonly detail: string }[];
    }
  /** Not sent; try again. `account`: the whole account is being throttled. */
  | {
      readonly kind: "retry";
      readonly code: SendFailure;
      readonly detail: string;
      readonly scope: "message" | "account";
      readonly afterMs: number | null;
      /** After this many attempts it counts as failed. */
      readonly attempts: number;
    }
  /** Not sent, and never will be. */
  | { readonly kind: "failed"; readonly code: SendFailure; readonly detail: string }
  /** Not sent; nothing more can be sent from this account until somebody acts. The queue is kept. */
  | {
      readonly kind: "paused";
      readonly state: Extract<HealthState, "login_needed" | "restricted">;
      readonly code: SendFailure;
      readonly detail: string;
    }
  /** It may have been sent: never repeated by itself. */
  | {
      readonly kind: "unknown";
      readonly detail: string;
      /** What the vendor says of it yet, should it answer late; `null`: it will not. Never rejects. */
      readonly late?: Promise<SendOutcome | null>;
      /** The vendor wants nothing more of the whole account for so long. */
      readonly restMs?: number;
    };
