import { z } from "zod";
import { ChannelId } from "./channel-info.ts";
import { command } from "./command.ts";
import { CannedReply, CommentAct, Conversation, Draft, Message } from "./conversations.ts";
import { FailedSend } from "./failed-sends.ts";
import { SendFailure } from "./failures.ts";
import { headerText, LetterDraft, Recipient, UnsentLetter } from "./letter-draft.ts";
import { BasedOn, ClientId, Cursor, Id, line, PageSize, text } from "./scalars.ts";
import { Way } from "./ways.ts";

/** `mine`: I own the open interaction. `waiting`: nobody does. `open`: any open interaction. `all`: every conversation I may see. */
export const InboxView = z.enum(["mine", "waiting", "open", "all"]);
export type InboxView = z.infer<typeof InboxView>;

/** What is most urgent first, or what was written in last. */
export const InboxOrder = z.enum(["urgent", "newest"]);
export type InboxOrder = z.infer<typeof InboxOrder>;

const message = z.object({ message: Message });

/** Where conversations have one: a new thread begins with it. */
const subject = headerText(300).default("");

export const conversationCommands = {
  /** By key: `all` newest activity first, open work by its urgency unless it is asked for otherwise. */
  "conversation.list": command(
    "work",
    z.strictObject({
      view: InboxView,
      order: InboxOrder.default("urgent"),
      unread: z.boolean().optional(),
      /** Only those in which somebody mentioned me and that I have not read since. */
      mentioned: z.boolean().optional(),
      channel: ChannelId.optional(),
      queueId: Id.optional(),
      cursor: Cursor.optional(),
      limit: PageSize,
    }),
    z.object({ conversations: z.array(Conversation), next: Cursor.nullable() }),
  ),
  /** The conversation with its newest messages, oldest first, and the asker's own draft. */
  "conversation.get": command(
    "work",
    z.strictObject({ conversationId: Id }),
    z.object({
      conversation: Conversation,
      messages: z.array(Message),
      before: Cursor.nullable(),
      draft: Draft.nullable(),
    }),
  ),
  /**
   * A page of a conversation, oldest first: what stands before or after a place, or one message with its neighbours on both
   * sides. The answer's cursors say where older and newer ones go on; `null`: there are none.
   */
  "conversation.messages": command(
    "work",
    z.union([
      z.strictObject({ conversationId: Id, before: Cursor, limit: PageSize }),
      z.strictObject({ conversationId: Id, after: Cursor, limit: PageSize }),
      z.strictObject({ conversationId: Id, around: Id, limit: PageSize }),
    ]),
    z.object({ messages: z.array(Message), before: Cursor.nullable(), after: Cursor.nullable() }),
  ),
  /**
   * Sees the caller's mentions. From the owner, or from a member of the queue while nobody owns it, also sets unread to nought;
   * from the owner it tells the customer, where the channel can, that we saw it.
   */
  "conversation.read": command("work", z.strictObject({ conversationId: Id }), z.object({})),
  /** Messages newest first and customers by name; accents and case do not matter. */
  "conversation.search": command(
    "work",
    z.strictObject({ query: line(200), cursor: Cursor.optional(), limit: PageSize }),
    z.object({
      hits: z.array(z.object({ message: Message, conversation: Conversation })),
      next: Cursor.nullable(),
    }),
  ),
  /** Ephemeral; repeated by the client at most every few seconds. */
  "typing.set": command("work", z.strictObject({ conversationId: Id, on: z.boolean() }), z.object({})),

  /**
   * Long text becomes several messages on the channel, attachments each their own where the channel wants that;
   * the answer holds them all, in order. The same `clientId` again gives the same answer.
   */
  "message.send": command(
    "work",
    z.strictObject({
      clientId: ClientId,
      conversationId: Id,
      text: text(20_000),
      mediaIds: z.array(Id).max(10).default([]),
      replyToId: Id.nullable().default(null),
      letter: LetterDraft.optional(),
      /** To the author of the comment `replyToId` alone, where the channel lets us: once, and text only. */
      privately: z.boolean().optional(),
    }),
    z.object({ messages: z.array(Message) }),
  ),
  /** The customer's addresses, and which of them may be used now. */
  "conversation.ways": command("work", z.strictObject({ customerId: Id }), z.object({ ways: z.array(Way) })),
  /**
   * Goes on with the customer of one conversation by another of their addresses; writes first to a customer by one of them, or
   * to an address that nobody need have written from. The same `clientId` again gives the same answer.
   */
  "conversation.begin": command(
    "work",
    z.union([
      z.strictObject({ clientId: ClientId, fromConversationId: Id.optional(), identityId: Id, subject }),
      z.strictObject({ clientId: ClientId, accountId: Id, address: line(254), subject }),
    ]),
    z.object({ conversation: Conversation }),
  ),
  /** The customer, who had refused to be written to, told us otherwise that they agree again. */
  "conversation.opt_in": command(
    "work",
    z.strictObject({ conversationId: Id, reason: line(200) }),
    z.object({ conversation: Conversation }),
  ),
  /** For `failed` (send again) and `unknown` (the agent decides: send again, or it did arrive). */
  "message.resolve": command(
    "work",
    z.strictObject({
      messageId: Id,
      action: z.enum(["resend", "mark_sent", "discard"]),
      /** Of a letter that failed and is sent again: to these alone, in place of all before. */
      to: z.array(Recipient).min(1).max(100).optional(),
    }),
    message,
  ),
  /** What did not arrive in the last seven days, newest first. */
  "message.failures": command(
    "channels.manage",
    z.strictObject({ accountId: Id, cursor: Cursor.optional(), limit: PageSize }),
    z.object({ failures: z.array(FailedSend), next: Cursor.nullable() }),
  ),
  /**
   * Sends again what failed, in the order in which it was written; what nobody knows about, and what has been resent meanwhile,
   * stays as it is. `hopeless`: what would only fail again, and why (`gone`: somebody has discarded it). Refused with `channel_paused` for an account that is switched off.
   */
  "message.resend": command(
    "channels.manage",
    z.strictObject({ accountId: Id, messageIds: z.array(Id).min(1).max(100) }),
    z.object({
      resent: z.array(Id),
      hopeless: z.array(z.object({ messageId: Id, code: SendFailure })),
    }),
  ),
  /** `emoji: null` takes our reaction back. */
  "message.react": command(
    "work",
    z.strictObject({ messageId: Id, emoji: z.string().max(16).nullable() }),
    message,
  ),
  /** What is so already stays so. `delete` of what is not one's own needs `comments.delete`. */
  "message.moderate": command("work", z.strictObject({ messageId: Id, act: CommentAct }), message),
  "note.add": command(
    "work",
    z.strictObject({
      clientId: ClientId,
      conversationId: Id,
      text: line(10_000),
      mentions: z.array(Id).max(20).default([]),
    }),
    message,
  ),
  /** One that says nothing, not even to whom, removes the draft. */
  "draft.save": command(
    "work",
    z.strictObject({
      conversationId: Id,
      text: text(20_000),
      mediaIds: z.array(Id).max(10).default([]),
      replyToId: Id.nullable().default(null),
      note: z.boolean().default(false),
      privately: z.boolean().default(false),
      letter: UnsentLetter.nullable().default(null),
    }),
    z.object({ draft: Draft.nullable() }),
  ),
  "canned_reply.save": command(
    "canned_replies.manage",
    z.strictObject({
      id: Id.nullable().default(null),
      version: BasedOn,
      shortcut: line(40).pipe(z.string().regex(/^[\p{L}\p{N}_-]+$/u)),
      text: line(2_000),
    }),
    z.object({ cannedReply: CannedReply }),
  ),
  "canned_reply.remove": command("canned_replies.manage", z.strictObject({ id: Id }), z.object({})),
};
