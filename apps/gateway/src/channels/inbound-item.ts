import type { AddressKind, AttachmentKind, Correspondent, HealthState, SendFailure } from "@tongdai/shared";
import type { KeptFile } from "./files.ts";

export interface ParsedItem {
  /** The vendor's id of the account that it is for. */
  readonly accountExternalId: string;
  /** Distinguishes this event from all others of the account and kind; the same on every redelivery. */
  readonly key: string;
  /** Vendor's time in epoch milliseconds, or `null` where it gives none. */
  readonly at: number | null;
  readonly event: InboundEvent;
}

export type InboundEvent =
  | {
      readonly kind: "message";
      readonly from: string;
      readonly externalId: string;
      readonly text: string;
      readonly attachments: readonly InboundAttachment[];
      readonly replyToExternalId: string | null;
      /** A tapped button or a referral that came with it: shown under the message. */
      readonly extra: Readonly<Record<string, string>>;
      /** False for history that another app handles: stored, never routed. */
      readonly live: boolean;
      /** How the sender calls itself, where that comes with each message. */
      readonly senderName?: string;
      readonly letter?: InboundLetter;
      readonly comment?: InboundComment;
      /** The message is the customer's word to write no more, or to write again. */
      readonly optOut?: "stop" | "start";
    }
  /** One of several parts that the vendor hands on as they come: the core joins them. */
  | {
      readonly kind: "message_part";
      readonly from: string;
      readonly externalId: string;
      readonly text: string;
      /** The sender's number for the whole. */
      readonly reference: number;
      readonly total: number;
      /** From 1. */
      readonly number: number;
    }
  /** Something sent in our name: by us (`ours`: our message id), or elsewhere (`null`). */
  | {
      readonly kind: "echo";
      readonly to: string;
      readonly externalId: string;
      readonly ours: string | null;
      /** The vendor repeats no id of ours, so it is ours where its words are. */
      readonly byContent: boolean;
      /** It was made of a template, whose words it does not repeat. */
      readonly template?: true;
      readonly text: string;
      readonly attachments: readonly InboundAttachment[];
      readonly letter?: InboundLetter;
      /** Nobody's address is then `to`: where it belongs is told by its thread. */
      readonly comment?: InboundComment;
    }
  | {
      readonly kind: "delivered";
      readonly from: string;
      readonly externalIds: readonly string[];
      /** Our id of the one message that it names, where the vendor repeats it: it has gone out, whatever became of the answer. */
      readonly ours?: string;
      /** Whatever was sent up to this time of the vendor's is meant too; `null`: only what is named. */
      readonly watermark: number | null;
    }
  /** As `delivered`. */
  | {
      readonly kind: "read";
      readonly from: string;
      readonly externalIds: readonly string[];
      readonly watermark: number | null;
    }
  | {
      readonly kind: "reaction";
      readonly from: string;
      readonly targetExternalId: string;
      readonly emoji: string | null;
    }
  | {
      readonly kind: "edited";
      readonly from: string;
      readonly externalId: string;
      readonly text: string;
      readonly revision: number;
      readonly senderName?: string;
      readonly comment?: InboundComment;
    }
  | {
      readonly kind: "removed";
      readonly from: string;
      readonly externalId: string;
      readonly comment?: InboundComment;
    }
  /** What somebody of the account did to a comment. */
  | {
      readonly kind: "marked";
      readonly from: string;
      readonly externalId: string;
      readonly mark: "hidden" | "liked";
      readonly on: boolean;
      readonly comment: InboundComment;
    }
  /** A post was changed (`text`), or is gone (`null`). */
  | { readonly kind: "post"; readonly externalId: string; readonly text: string | null }
  /** What the vendor had taken will not reach the customer. */
  | {
      readonly kind: "undelivered";
      readonly from: string;
      readonly externalIds: readonly string[];
      readonly code: SendFailure;
      readonly detail: string;
      /** Of a letter: whom it has not reached; absent or empty: nobody has it. */
      readonly recipients?: readonly { readonly address: string; readonly detail: string }[];
    }
  | { readonly kind: "typing"; readonly from: string; readonly on: boolean }
  /** Happened on the channel and is worth a line in the conversation. `opensWindow`: the customer did it and may be answered. */
  | {
      readonly kind: "notice";
      readonly from: string;
      readonly name: string;
      readonly data: Readonly<Record<string, string>>;
      readonly opensWindow: boolean;
      /** An address of which the vendor says that it is the customer's. */
      readonly confirmed?: { readonly kind: AddressKind; readonly text: string };
    }
  /** Concerns the account, not a customer. */
  | {
      readonly kind: "account";
      readonly name: string;
      readonly data: Readonly<Record<string, string>>;
      readonly health: HealthState | null;
    }
  /** Not understood: only the raw body is kept. */
  | {
      readonly kind: "unsupported";
      readonly why: string;
      /** It may be a customer's word: whoever looks after the account is told. */
      readonly isLoss?: boolean;
    };

/** What a letter has beside its text, and where it belongs: an account has many threads with one sender. */
export interface InboundLetter {
  readonly subject: string;
  readonly from: Correspondent;
  readonly to: readonly Correspondent[];
  readonly cc: readonly Correspondent[];
  readonly replyTo: readonly Correspondent[];
  /** What shows that a machine wrote it; such a letter is kept and is nobody's work. */
  readonly automatic: string | null;
  /** The server that took it says that nobody who may has sent it in its sender's name. */
  readonly isForged?: boolean;
  /** Sanitised; `null`: it is not formatted. */
  readonly html: string | null;
  /** What its text quotes. */
  readonly quoted: string;
  /** Distinguishes letters that carry the same id although they are not the same. */
  readonly digest: string;
  /** The vendor's ids of the thread before it, the oldest first. */
  readonly references: readonly string[];
  /** The conversation that an address of ours proves it to be in. */
  readonly conversationId: string | null;
  /** The vendor's ids of what it answers, the surest first. */
  readonly answers: readonly string[];
}

/** Where a comment stands. */
export interface InboundComment {
  /** The vendor's id of the post. */
  readonly post: string;
  /** The vendor's id of the comment that it is or answers, as far as the vendor tells. */
  readonly thread: string;
  /** Hidden from the start: a word on the page's list. */
  readonly hidden?: boolean;
  /** Where everybody reads the post. */
  readonly postUrl: string | null;
}

export interface InboundAttachment {
  readonly kind: AttachmentKind;
  /** Where the vendor keeps the bytes for a while; fetched at once. `null`: there are none. */
  readonly fetchUrl: string | null;
  /** What is on our disk already. */
  readonly file?: KeptFile;
  /** It is shown within the formatted text. */
  readonly isInline?: boolean;
  readonly name: string;
  readonly title: string | null;
  /** Where a link, card or place points; shown, never fetched. */
  readonly url: string | null;
}
