import {
  AppError,
  type Attachment,
  type Capabilities,
  ChannelId,
  type CommandParsed,
  type Message,
  splitText,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toMessage } from "../../presenters/conversation.ts";
import { type ConversationView, conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { mediaByIds } from "../../store/media.ts";
import { insertBody } from "../../store/message-bodies.ts";
import { messageById, messagesByClientId } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { seeConversation } from "../access.ts";
import { fileFor, fromMedia } from "./attachments.ts";
import { ownComment } from "./comment-row.ts";
import { messageRow, quoteOf } from "./message-row.ts";
import { assertNotOptedOut } from "./opt-out.ts";
import { columnsOf, type OutgoingLetter, outgoingLetter } from "./outgoing-letter.ts";
import { previewOf } from "./preview.ts";
import { assertPrivateAnswer } from "./private-answer.ts";
import { queueMessage } from "./queue-message.ts";
import { assertSwitchedOn, takePart } from "./take-part.ts";
import { windowOf } from "./window.ts";

/**
 * Queues an agent's answer: each vendor message its own row and its own debt, in one transaction with the draft's end.
 * Throws `channel_paused`, `opted_out`, `window_closed`, `taken` when somebody else has the work, `too_large`, `unsupported_media`, `invalid_input`.
 */
export function sendMessage(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"message.send">,
): Promise<Message[]> {
  return ctx.store.write(async (tx) => {
    // The conversation first: it is held from here on, so the same command sent twice at once is seen as done.
    const found = await conversationById(tx, input.conversationId);
    const before = await messagesByClientId(tx, input.clientId);
    if (before.length > 0) return repeated(caller, before);
    const seen = seeConversation(caller, found);
    const { capabilities } = ctx.channels.get(ChannelId.parse(seen.channel));
    await assertSwitchedOn(tx, seen);
    assertNotOptedOut(seen);
    assertWindow(ctx, capabilities, seen);
    const contents = await contentsOf(tx, caller, { input, capabilities });
    const reply = await replyTo(tx, seen, input.replyToId);
    if (input.privately) await assertPrivateAnswer(tx, ctx, { capabilities, target: reply });
    const view = await takePart(tx, ctx, caller, seen);
    const { userId: authorId } = caller;
    const letter = await outgoingLetter(tx, ctx, { view, draft: input.letter, parent: reply, authorId });
    const rows: MessageRow[] = [];
    for (const [part, content] of contents.entries())
      rows.push(
        await queue(tx, ctx, {
          view,
          caller,
          input,
          part,
          content,
          letter,
          reply: part === 0 ? reply : null,
        }),
      );
    return rows.map(toMessage);
  });
}

interface Content {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

function repeated(caller: Caller, rows: readonly MessageRow[]): Message[] {
  if (rows.some((r) => r.author_id !== caller.userId))
    throw new AppError("conflict", "the client id belongs to somebody else's message");
  return rows.map(toMessage);
}

function assertWindow(ctx: Ctx, capabilities: Capabilities, view: ConversationView): void {
  if (capabilities.calls) throw new AppError("invalid_input", "nothing can be written on this channel");
  const window = windowOf(ctx, view, capabilities);
  if (window.state === "closed" || window.state === "unopened")
    throw new AppError("window_closed", "the channel no longer takes an answer", { state: window.state });
}

/** The messages that one answer becomes on this channel, in order. */
async function contentsOf(
  tx: Tx,
  caller: Caller,
  o: { input: CommandParsed<"message.send">; capabilities: Capabilities },
): Promise<Content[]> {
  const { input, capabilities } = o;
  const files = await filesOf(tx, caller, o);
  const text = input.text.trim();
  if (text === "" && files.length === 0 && !isForward(input))
    throw new AppError("invalid_input", "there is nothing to send", { field: "text" });
  const texts = text === "" ? [] : splitText(text, capabilities.text.maxLength);
  if (!capabilities.attachments.separateFromText && texts.length > 0) {
    const last = texts.length - 1;
    return texts.map((t, i) => ({ text: t, attachments: i === last ? files : [] }));
  }
  if (input.privately && text.length > (capabilities.public?.privateReply?.maxLength ?? 0))
    throw new AppError("too_large", "a private answer is one message", { field: "text" });
  if (capabilities.letters && texts.length === 0) return [{ text: "", attachments: files }];
  return [
    ...files.map((f) => ({ text: "", attachments: [f] })),
    ...texts.map((t) => ({ text: t, attachments: [] })),
  ];
}

async function filesOf(
  tx: Tx,
  caller: Caller,
  o: { input: CommandParsed<"message.send">; capabilities: Capabilities },
): Promise<Attachment[]> {
  const { mediaIds, conversationId } = o.input;
  const rules = o.capabilities.attachments;
  const found = new Map((await mediaByIds(tx, mediaIds)).map((m) => [m.id, m]));
  const files: Attachment[] = [];
  for (const id of mediaIds) {
    const media = found.get(id);
    // Whoever may write here may see its files.
    if (!media || (media.uploaded_by !== caller.userId && media.conversation_id !== conversationId))
      throw new AppError("not_found", "no such file", { mediaId: id });
    const kind = rules.kinds.find((k) => k === media.kind) ?? rules.kinds.find((k) => k === "file");
    if (!kind)
      throw new AppError("unsupported_media", "the channel does not take such files", { mediaId: id });
    const limit = kind === "image" ? rules.imageMaxBytes : rules.maxBytes;
    if (media.size > limit) throw new AppError("too_large", "the file is too large", { mediaId: id, limit });
    files.push(fromMedia(await fileFor(tx, media, conversationId), kind));
  }
  return files;
}

async function replyTo(tx: Tx, view: ConversationView, messageId: string | null): Promise<MessageRow | null> {
  if (!messageId) return null;
  const target = await messageById(tx, messageId);
  if (target?.conversation_id !== view.id) throw new AppError("not_found", "no such message to reply to");
  return target;
}

/** What is passed on to somebody else answers nobody. */
const isForward = ({ letter }: CommandParsed<"message.send">): boolean => letter?.quote?.how === "forward";

async function queue(
  tx: Tx,
  ctx: Ctx,
  o: {
    view: ConversationView;
    caller: Caller;
    input: CommandParsed<"message.send">;
    part: number;
    content: Content;
    letter: OutgoingLetter | null;
    reply: MessageRow | null;
  },
): Promise<MessageRow> {
  const { view, caller, content, reply } = o;
  // Later than everything that the agent has seen, and in the order of the parts.
  const at = Math.max(ctx.clock.now(), view.last_message_at) + o.part;
  const row = messageRow(view, {
    kind: "message",
    direction: "out",
    author_kind: "agent",
    author_id: caller.userId,
    state: "queued",
    text: content.text,
    attachments: JSON.stringify([...content.attachments, ...(o.letter?.pictures ?? [])]),
    reply_to_id: reply?.id ?? null,
    reply_to_external_id: reply?.external_id ?? null,
    reply_excerpt: reply ? quoteOf(reply) : "",
    client_id: o.input.clientId,
    part: o.part,
    ...(o.letter && columnsOf(o.letter, content.text)),
    ...ownComment(view),
    private_to: o.input.privately ? (reply?.external_id ?? null) : null,
    at,
    created_at: ctx.clock.now(),
  });
  await queueMessage(tx, ctx, {
    row,
    view,
    change: { ...previewOf(row), unread: 0, ...(!isForward(o.input) && { unanswered_since: null }) },
  });
  if (o.letter?.row.hasBody)
    await insertBody(tx, { message_id: row.id, html: o.letter.html, quoted: o.letter.quoted });
  // A chat whose customer owes the next word may leave room for more.
  if (view.unanswered_since !== null) tx.afterCommit(ctx.wake.router);
  return row;
}
