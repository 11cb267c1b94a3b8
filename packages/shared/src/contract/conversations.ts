import { z } from "zod";
import { ChannelId } from "./channel-info.ts";
import { SendFailure } from "./failures.ts";
import { UnsentLetter } from "./letter-draft.ts";
import { Uploaded } from "./rest.ts";
import { Points, Reason } from "./routing.ts";
import { Id, Millis, Version } from "./scalars.ts";
import { TemplateUse } from "./templates.ts";

export const AttachmentKind = z.enum([
  "image",
  "video",
  "audio",
  "file",
  "sticker",
  "link",
  "location",
  "card",
  "unsupported",
]);
export type AttachmentKind = z.infer<typeof AttachmentKind>;

export const Attachment = z.object({
  id: Id,
  kind: AttachmentKind,
  name: z.string(),
  mime: z.string(),
  size: z.number().int().nullable(),
  /** Present once our own copy is on disk: `GET /api/v1/media/:mediaId` and, where `thumbnail`, `.../thumbnail`. */
  mediaId: Id.nullable(),
  thumbnail: z.boolean(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** `none`: there is nothing to fetch (a link, a place). */
  state: z.enum(["none", "pending", "ready", "failed"]),
  failure: z.string().nullable(),
  /** Link previews, cards and places: what to show. Never fetched by the client by itself. */
  title: z.string().nullable(),
  url: z.string().nullable(),
  /** It stands within the formatted text of its message. */
  inline: z.literal(true).optional(),
});
export type Attachment = z.infer<typeof Attachment>;

/** `received` for what came in; `removed` once taken back; the rest is the road of an outgoing message (domain/message-state). */
export const MessageState = z.enum([
  "received",
  "removed",
  "queued",
  "sending",
  "sent",
  "delivered",
  "read",
  "failed",
  "unknown",
]);
export type MessageState = z.infer<typeof MessageState>;

export const Author = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("customer") }),
  z.object({ kind: z.literal("agent"), userId: Id }),
  /** Written on our behalf outside of Tongdai: the vendor's own inbox, another app. */
  z.object({ kind: z.literal("outside") }),
  z.object({ kind: z.literal("system") }),
]);
export type Author = z.infer<typeof Author>;

export const Reaction = z.object({ by: z.enum(["customer", "us"]), emoji: z.string(), at: Millis });
export type Reaction = z.infer<typeof Reaction>;

/** `in`: from the customer; `none`: neither, a note or an event. */
export const Direction = z.enum(["in", "out", "none"]);

/** Somebody whom a letter names. */
export const Correspondent = z.object({ name: z.string(), address: z.string() });
export type Correspondent = z.infer<typeof Correspondent>;

/** What a letter has beside its text. */
export const Letter = z.object({
  subject: z.string(),
  /** `null`: us. */
  from: Correspondent.nullable(),
  to: z.array(Correspondent),
  cc: z.array(Correspondent),
  /** Of ours only. */
  bcc: z.array(Correspondent),
  /** Where answers are wanted, when that is not its sender. */
  replyTo: z.array(Correspondent),
  /** What shows that a machine has written it; `null`: a person has. */
  automatic: z.string().nullable(),
  /** Our mail server says that nobody who may has sent it in its sender's name. */
  isForged: z.literal(true).exactOptional(),
  /** It is formatted, or quotes what it answers: `GET /api/v1/messages/:id/body`. */
  hasBody: z.boolean(),
  /** Recipients that a server on the way has refused, with its words. */
  refused: z.array(z.object({ address: z.string(), detail: z.string() })),
});
export type Letter = z.infer<typeof Letter>;

/** What may be done to a comment, and taken back. */
export const CommentAct = z.enum(["hide", "unhide", "like", "unlike", "delete"]);
export type CommentAct = z.infer<typeof CommentAct>;

/** What a message beneath a post has beside its text. */
export const Comment = z.object({
  /** Who wrote it, where that is somebody else than the conversation's customer. */
  author: z.string().nullable(),
  /** Only its author and their friends still see it. */
  hidden: z.boolean(),
  /** By us. */
  liked: z.boolean(),
  /** Of ours: sent to its author alone, as the answer to one comment. */
  isPrivate: z.boolean(),
  /** What was asked of the channel and is not done; `error: null`: on its way. */
  act: z
    .object({ kind: CommentAct, error: z.object({ code: SendFailure, detail: z.string() }).nullable() })
    .nullable(),
});
export type Comment = z.infer<typeof Comment>;

/** What a public conversation stands beneath. */
export const Post = z.object({
  id: Id,
  /** Empty until the vendor has told. */
  text: z.string(),
  /** Where everybody reads it. */
  url: z.string().nullable(),
  pictureMediaId: Id.nullable(),
  postedAt: Millis.nullable(),
  /** It is gone, and nothing can be written beneath it. */
  removed: z.boolean(),
});
export type Post = z.infer<typeof Post>;

export const Message = z.object({
  id: Id,
  conversationId: Id,
  interactionId: Id.nullable(),
  clientId: z.string().nullable(),
  /** `note`: between agents only. `event`: something that happened on the channel and is not a message. */
  kind: z.enum(["message", "note", "event"]),
  direction: Direction,
  author: Author,
  text: z.string(),
  attachments: z.array(Attachment),
  replyTo: z.object({ messageId: Id.nullable(), excerpt: z.string() }).nullable(),
  reactions: z.array(Reaction),
  mentions: z.array(Id),
  state: MessageState,
  /** When it came to this state: sent, delivered, seen by the customer. */
  stateAt: Millis,
  /** A channel's failure code, translated by the client, and the vendor's own words for the curious. */
  error: z.object({ code: SendFailure, detail: z.string() }).nullable(),
  /** For kind `event`: which one, for example `referral`. */
  event: z.object({ name: z.string(), data: z.record(z.string(), z.string()) }).nullable(),
  /** Of channels whose messages are letters. */
  letter: Letter.optional(),
  /** It was made of a template. */
  template: TemplateUse.optional(),
  /** Of public conversations. */
  comment: Comment.optional(),
  revision: z.number().int(),
  /** Order in the conversation is by (at, id). */
  at: Millis,
});
export type Message = z.infer<typeof Message>;

/** See domain/interaction for the drawn machine. */
export const InteractionState = z.enum(["waiting", "offered", "active", "parked", "wrap_up", "closed"]);
export type InteractionState = z.infer<typeof InteractionState>;

/** Whom parked work comes back to. */
export const ReturnTo = z.enum(["agent", "queue"]);
export type ReturnTo = z.infer<typeof ReturnTo>;

export const Interaction = z.object({
  id: Id,
  conversationId: Id,
  customerId: Id,
  channel: ChannelId,
  queueId: Id,
  state: InteractionState,
  ownerId: Id.nullable(),
  /** Points that a supervisor added. */
  boost: Points,
  openedAt: Millis,
  /** Age for fairness: kept when the work goes back to the queue. */
  waitingSince: Millis,
  /** Within how long its queue promised an answer when the work came there; `null`: it promised nothing. */
  promiseMs: Millis.nullable().default(null),
  acceptedAt: Millis.nullable(),
  /** Put aside by its owner, and when it comes back by itself. */
  parked: z.object({ until: Millis, returnTo: ReturnTo }).nullable().default(null),
  wrapUpUntil: Millis.nullable(),
  /** How often this wrap-up was extended. */
  extensions: z.number().int().default(0),
  /** It came while its queue was closed, and waits for the opening. */
  heldUntil: Millis.nullable().default(null),
  closedAt: Millis.nullable(),
  disposition: z.string().nullable(),
  version: Version,
});
export type Interaction = z.infer<typeof Interaction>;

export const Conversation = z.object({
  id: Id,
  channel: ChannelId,
  accountId: Id,
  queueId: Id,
  customerId: Id,
  identityId: Id,
  customerName: z.string(),
  avatarMediaId: Id.nullable(),
  /** What it is about, where the channel's conversations have a subject. */
  subject: z.string().optional(),
  /** What it stands beneath, where everybody reads it. */
  post: Post.optional(),
  /** The customer's messages that no agent has looked at. */
  unread: z.number().int(),
  /** Our messages that failed or of which nobody knows whether they arrived, as long as nobody has decided what becomes of them. */
  unsent: z.number().int().nonnegative().default(0),
  preview: z.object({
    text: z.string(),
    direction: Direction,
    attachment: AttachmentKind.nullable(),
    /** The agent who wrote it; `null`: the customer, or somebody outside of Tongdai. */
    authorId: Id.nullable(),
  }),
  lastMessageAt: Millis,
  /** The customer's last message; `null` before the first. */
  lastInboundAt: Millis.nullable(),
  /** The customer's last act that lets us answer (a message, a tap, a reaction). */
  windowOpenedAt: Millis.nullable(),
  /** When the channel last refused an answer as too late; the customer's next act opens the window again. */
  windowRefusedAt: Millis.nullable(),
  /** The same of the longer, human window; the customer's next message opens it again. */
  humanWindowRefusedAt: Millis.nullable(),
  /** When the customer wrote what nobody has answered yet, the first of it; `null` when the last word is ours. */
  unansweredSince: Millis.nullable(),
  /** Until when an answer is possible and costs no more than at once; `null`: it makes no difference when one answers. */
  answerUntil: Millis.nullable().default(null),
  /** Since when the customer wants nothing more at this address, by their own word; `null`: they may be written to. */
  optedOutAt: Millis.nullable().default(null),
  /** The one that is not closed, if any. */
  interaction: Interaction.nullable(),
});
export type Conversation = z.infer<typeof Conversation>;

export const Offer = z.object({
  id: Id,
  interactionId: Id,
  conversationId: Id,
  userId: Id,
  channel: ChannelId,
  queueId: Id,
  customerId: Id,
  customerName: z.string(),
  /** The customer's last words, or what came in their place. */
  preview: z.object({ text: z.string(), attachment: AttachmentKind.nullable() }),
  /** What a colleague wrote who handed it on. */
  note: z.object({ text: z.string(), byId: Id.nullable() }).nullable(),
  waitingSince: Millis,
  madeAt: Millis,
  deadline: Millis,
  /** Why this agent. */
  reasons: z.array(Reason),
});
export type Offer = z.infer<typeof Offer>;

export const Draft = z.object({
  conversationId: Id,
  text: z.string(),
  /** In the order in which they will be sent. */
  media: z.array(Uploaded),
  replyToId: Id.nullable(),
  note: z.boolean(),
  /** See `message.send`. */
  privately: z.boolean().default(false),
  letter: UnsentLetter.nullable().default(null),
  savedAt: Millis,
});
export type Draft = z.infer<typeof Draft>;

export const CannedReply = z.object({
  id: Id,
  shortcut: z.string(),
  text: z.string(),
  version: Version.default(1),
});
export type CannedReply = z.infer<typeof CannedReply>;
