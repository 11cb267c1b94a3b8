import type { InboundEvent } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { type ConversationView, conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { messageByExternalId } from "../../store/messages.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { findOrCreateThread } from "./comment-thread.ts";
import { findOrCreateConversation } from "./find-conversation.ts";

type Letters = Extract<InboundEvent, { kind: "message" | "echo" }>;

interface Arrival {
  readonly account: ChannelAccountRow;
  readonly event: Letters;
  readonly at: number;
}

/**
 * The conversation that a message belongs to. A letter goes where our own address says, else where what it answers is, else it
 * begins a thread. Whoever answers in somebody else's thread takes part in it and does not become that customer.
 */
export async function conversationFor(tx: Tx, ctx: Ctx, o: Arrival): Promise<ConversationView> {
  const { account, event, at } = o;
  const { letter, comment } = event;
  if (comment && event.kind === "message")
    return findOrCreateThread(tx, ctx, { account, event, comment, at });
  const externalId = event.kind === "message" ? event.from : event.to;
  const name = event.kind === "message" ? event.senderName : undefined;
  if (!letter) return findOrCreateConversation(tx, ctx, { account, externalId, at, name });
  const known = await threadOf(tx, o, letter.conversationId, letter.answers);
  if (known) return known;
  const thread = { id: letter.references[0] ?? event.externalId, subject: letter.subject };
  return findOrCreateConversation(tx, ctx, { account, externalId, at, name, thread });
}

/** Only of the same account: what another mailbox knows of a thread is nobody's business here. */
async function threadOf(
  tx: Tx,
  { account }: Arrival,
  conversationId: string | null,
  answers: readonly string[],
): Promise<ConversationView | undefined> {
  const named = conversationId === null ? undefined : await conversationById(tx, conversationId);
  if (named?.account_id === account.id) return named;
  for (const externalId of answers) {
    const answered = await messageByExternalId(tx, account.id, externalId);
    if (answered) return conversationById(tx, answered.conversation_id);
  }
  return undefined;
}
