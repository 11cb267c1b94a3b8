import {
  answerUntil,
  type Capabilities,
  ChannelId,
  type ReplyWindow,
  replyWindow,
  type WindowFacts,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { type ConversationView, conversationById, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import type { MessageRow } from "../../store/schema.ts";
import { journalConversation } from "./journal-message.ts";

/** How long the customer of a conversation may still be written to. */
export const windowOf = (
  ctx: Ctx,
  view: ConversationView,
  capabilities: Capabilities,
  at = ctx.clock.now(),
): ReplyWindow => replyWindow(capabilities.replyWindow, factsOf(view), at);

type Facts = Pick<
  ConversationView,
  "channel" | "window_opened_at" | "last_inbound_at" | "window_refused_at" | "human_window_refused_at"
>;

/** Until when the customer is to be answered, after what has just changed of it; kept beside it for the order of lists. */
export const answerUntilOf = (ctx: Ctx, facts: Facts): { readonly answer_until: number | null } => ({
  answer_until: answerUntil(ctx.channels.get(ChannelId.parse(facts.channel)).capabilities, factsOf(facts)),
});

const factsOf = (facts: Facts): WindowFacts => ({
  windowOpenedAt: facts.window_opened_at,
  lastInboundAt: facts.last_inbound_at,
  windowRefusedAt: facts.window_refused_at,
  humanWindowRefusedAt: facts.human_window_refused_at,
});

const capabilitiesOf = (ctx: Ctx, view: ConversationView): Capabilities =>
  ctx.channels.get(ChannelId.parse(view.channel)).capabilities;

/**
 * The vendor says that the window is over although it is not by our reckoning: of the window that was used its word counts
 * until the customer opens it again. It counts from the beginning of the attempt, so that what came during it opens the window.
 */
export async function windowRefused(tx: Tx, ctx: Ctx, message: MessageRow): Promise<void> {
  const view = await conversationById(tx, message.conversation_id);
  const at = message.state_at ?? ctx.clock.now();
  const used = view && windowOf(ctx, view, capabilitiesOf(ctx, view), at).state;
  if (!view || (used !== "open" && used !== "human")) return;
  const refused = used === "open" ? { window_refused_at: at } : { human_window_refused_at: at };
  await updateConversation(tx, view.id, { ...refused, ...answerUntilOf(ctx, { ...view, ...refused }) });
  await journalConversation(tx, ctx, view.id);
}
