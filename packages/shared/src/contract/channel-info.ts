import { z } from "zod";
import { AccountAlarm } from "./account-facts.ts";
import { AccountSetup } from "./account-setup.ts";
import { Needs } from "./needs.ts";
import { Id, Millis, Version } from "./scalars.ts";
import { TemplateAddress } from "./templates.ts";

export const ChannelId = z.enum(["voice", "facebook", "facebook_comments", "zalo", "sms", "email"]);
export type ChannelId = z.infer<typeof ChannelId>;

/** What a piece of work asks of an agent: all of a person, a part of one, or a little. */
export const WorkKind = z.enum(["call", "chat", "mail"]);
export type WorkKind = z.infer<typeof WorkKind>;

/** What the customers' ids of a channel are. */
export const AddressKind = z.enum(["phone", "email"]);
export type AddressKind = z.infer<typeof AddressKind>;

/** What may be done to a comment beside answering it. */
export const CommentPower = z.enum(["hide", "like", "delete"]);
export type CommentPower = z.infer<typeof CommentPower>;

/** What a channel can do. The core and the client obey this and never name a channel. */
export const Capabilities = z.object({
  work: WorkKind,
  /** `null`: names that the vendor made up. */
  address: AddressKind.nullable(),
  /** What has come from an address proves that it is theirs. */
  provesAddress: z.boolean(),
  /** One may write first, to somebody who has not written. */
  begins: z.boolean(),
  text: z.object({
    /** Longest single message in UTF-16 code units; longer text is split. */
    maxLength: z.number().int(),
    /** What a text costs depends on its letters, and is shown while it is written; `null`: it costs nothing. */
    counter: z.enum(["sms"]).nullable(),
  }),
  attachments: z.object({
    kinds: z.array(z.enum(["image", "video", "audio", "file"])),
    maxBytes: z.number().int(),
    imageMaxBytes: z.number().int(),
    /** Of a kind named here only files with these name endings (lower case, no dot) are taken; of others any. */
    endings: z.partialRecord(z.enum(["image", "video", "audio", "file"]), z.array(z.string())),
    /** Text and attachment travel as messages of their own. */
    separateFromText: z.boolean(),
  }),
  /** Its messages are letters: with a subject, several recipients and text that may be formatted. Absent: they are not. */
  letters: z
    .object({
      /** To, copies and blind copies together. */
      maxRecipients: z.number().int(),
    })
    .optional(),
  /** Its work is calls, which ring at an agent's phone; nothing can be written to the customer. Absent: it is messages. */
  calls: z.literal(true).optional(),
  /** Has words that the vendor approved beforehand, for when nothing else may be sent. Absent: it has none. */
  templates: z.object({ by: z.array(TemplateAddress).min(1) }).optional(),
  /** Its messages are comments beneath a post: everybody reads them. Absent: they are between the customer and us. */
  public: z
    .object({
      powers: z.array(CommentPower),
      /** One private message may answer a comment, and goes on by the account's own channel; `null`: none may. */
      privateReply: z
        .object({
          /** Milliseconds after the comment in which it may be sent. */
          within: Millis,
          maxLength: z.number().int(),
        })
        .nullable(),
    })
    .optional(),
  stickers: z.boolean(),
  /** Emoji that may be set on a customer's message; empty: none. */
  reactions: z.array(z.string()),
  replyTo: z.boolean(),
  typing: z.boolean(),
  /** Whoever waits is still there and reads a short notice. */
  notices: z.boolean(),
  seen: z.boolean(),
  receipts: z.object({ delivered: z.boolean(), read: z.boolean() }),
  /** `null`: one may write at any time. */
  replyWindow: z
    .object({
      /** Milliseconds after the customer's last window-opening act in which anything may be sent. */
      standard: Millis,
      /** Milliseconds after the customer's last message in which only words typed by a person may be sent; `null`: none. */
      human: Millis.nullable(),
    })
    .nullable(),
  /** Milliseconds after the customer's last window-opening act from which on an answer costs money; `null`: it never does. */
  chargedAfter: Millis.nullable(),
});
export type Capabilities = z.infer<typeof Capabilities>;

export const ChannelInfo = z.object({
  id: ChannelId,
  capabilities: Capabilities,
  /** `null`: it comes by the accounts of another channel. */
  setup: AccountSetup.nullable(),
  /** The channel of what is written in public beneath its accounts' posts; `null`: it has no such thing. */
  comments: ChannelId.nullable().default(null),
});
export type ChannelInfo = z.infer<typeof ChannelInfo>;

/**
 * `ok`; `silent`: nothing heard for longer than is usual; `login_needed`: credentials refused, sending paused;
 * `restricted`: the vendor forbids sending, paused; `unreachable`: it does not answer, paused until it does; `disabled`: the vendor no longer delivers to us; `off`: switched off here.
 */
export const HealthState = z.enum([
  "ok",
  "silent",
  "login_needed",
  "restricted",
  "unreachable",
  "disabled",
  "off",
]);
export type HealthState = z.infer<typeof HealthState>;

export const ChannelAccount = z.object({
  id: Id,
  version: Version.default(1),
  channel: ChannelId,
  /** The vendor's id of the page, OA, number or mailbox. */
  externalId: z.string(),
  name: z.string(),
  queueId: Id,
  /** Where what is written in public beneath its posts goes; `null`: where everything else goes. */
  commentQueueId: Id.nullable().default(null),
  /** What its work asks of an agent, whatever the queue asks. */
  needs: Needs.default([]),
  enabled: z.boolean(),
  /** Customers cannot answer what comes from it: a brandname. */
  oneWay: z.boolean().default(false),
  health: z.object({
    state: HealthState,
    since: Millis,
    lastInboundAt: Millis.nullable(),
    lastError: z.string().nullable(),
  }),
  /** What will be trouble unless somebody acts. */
  alarms: z.array(AccountAlarm).default([]),
});
export type ChannelAccount = z.infer<typeof ChannelAccount>;
