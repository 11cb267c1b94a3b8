import type { Ctx } from "../../context.ts";
import { type ConversationView, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { changesOf, keepChange } from "../../store/message-changes.ts";
import { messageByExternalId, updateMessage } from "../../store/messages.ts";
import type { InteractionRow, MessageRow } from "../../store/schema.ts";
import { noteText } from "../customers/index.ts";
import { isPaused, leftWhileClosed, openInteraction, resumeIn } from "../interactions/index.ts";
import { fromInbound, oweFetches } from "./attachments.ts";
import { commentColumns } from "./comment-row.ts";
import { conversationFor } from "./find-thread.ts";
import type { Inbound } from "./inbound-context.ts";
import { journalCreated } from "./journal-message.ts";
import { insertLetter, letterColumns } from "./letter-row.ts";
import { changed, isQuoted, requote } from "./message-changes.ts";
import { messageRow, quoteOf } from "./message-row.ts";
import { noteAddress } from "./note-address.ts";
import { obeyOptOut } from "./opt-out.ts";
import { meetClosedQueue } from "./out-of-hours.ts";
import { showAdded } from "./preview.ts";
import { shownTime, windowTime } from "./times.ts";
import { answerUntilOf } from "./window.ts";

/** A customer's message: stored once however often it is delivered, and the work that it makes. */
export async function receiveMessage(tx: Tx, ctx: Ctx, in_: Inbound<"message">): Promise<void> {
  const { account, event, item, receivedAt } = in_;
  const live = event.live && !event.letter?.automatic;
  const at = shownTime(item.at, receivedAt);
  let view = await conversationFor(tx, ctx, { account, event, at });
  const attachments = await fromInbound(tx, ctx, { inbound: event.attachments, conversationId: view.id });
  const kept = await changesOf(tx, account.id, event.externalId);
  const first = messageRow(view, {
    kind: "message",
    direction: "in",
    author_kind: "customer",
    state: "received",
    text: event.text,
    attachments: JSON.stringify(attachments),
    external_id: event.externalId,
    event: Object.keys(event.extra).length > 0 ? JSON.stringify({ name: "extra", data: event.extra }) : null,
    ...(await replyOf(tx, in_)),
    ...letterColumns(event),
    at,
    created_at: receivedAt,
  });
  const whole = { ...first, ...commentColumns(view, event) };
  const row = { ...whole, ...changed(whole, kept) };
  if (!(await insertLetter(tx, row, event.letter))) return;
  if (event.optOut) view = await obeyOptOut(tx, ctx, { view, word: event.optOut, at });
  const isNew = view.i_id === null;
  // Nobody need answer who wants no answers.
  const isLive = live && (event.optOut === undefined || !isNew);
  const now = isLive ? await work(tx, ctx, { view, row }) : null;
  if (now) view = withInteraction(view, now);
  const opensWindowAt = windowTime(item.at, receivedAt);
  const refuses = event.optOut === "stop";
  const updated = await noteInbound(tx, ctx, { view, row, opensWindowAt, live: isLive, refuses });
  await oweFetches(tx, ctx, {
    accountId: account.id,
    messageId: row.id,
    inbound: event.attachments,
    attachments,
  });
  journalCreated(tx, ctx, { row, view: updated });
  if (isQuoted(kept)) await requote(tx, ctx, row);
  await noteSender(tx, ctx, { view, text: event.text, from: event.from, at: receivedAt });
  if (isNew && now && now.held_until !== null)
    await meetClosedQueue(tx, ctx, { view: updated, interaction: now });
}

/** What the message tells of who wrote it: the first one proves the address that it came from. */
async function noteSender(
  tx: Tx,
  ctx: Ctx,
  o: { view: ConversationView; text: string; from: string; at: number },
): Promise<void> {
  const { view, text, at } = o;
  // Whoever joins in a thread, in public or by letter, is not its customer.
  if (o.from !== view.identity_external_id) return;
  const homeId = view.home_id;
  await noteText(tx, { homeId, text, source: "typed", at });
  if (view.last_inbound_at === null) await noteAddress(tx, ctx, { view, address: o.from, at });
}

/** The quoted message, when we have it; otherwise its reference is resolved when it comes. */
async function replyOf(
  tx: Tx,
  { account, event, receivedAt }: Inbound<"message">,
): Promise<Pick<MessageRow, "reply_to_id" | "reply_to_external_id" | "reply_excerpt">> {
  const externalId = event.replyToExternalId;
  const target = externalId === null ? undefined : await messageByExternalId(tx, account.id, externalId);
  if (externalId !== null && !target)
    await keepChange(tx, {
      account_id: account.id,
      external_id: externalId,
      kind: "quoted",
      rank: 0,
      value: null,
      kept_at: receivedAt,
    });
  return {
    reply_to_id: target?.id ?? null,
    reply_to_external_id: externalId,
    reply_excerpt: target ? quoteOf(target) : "",
  };
}

/**
 * The interaction that a message belongs to: continued, resumed out of wrap-up or parking, or opened.
 * @returns it as it now is, where the message changed it
 */
async function work(
  tx: Tx,
  ctx: Ctx,
  o: { view: ConversationView; row: MessageRow },
): Promise<InteractionRow | null> {
  const { view, row } = o;
  if (view.i_state !== null && !isPaused(view.i_state)) return null;
  const left = view.i_id === null ? await leftWhileClosed(tx, ctx, view) : null;
  if (left) {
    row.interaction_id = left.id;
    await updateMessage(tx, row.id, { interaction_id: left.id });
    return null;
  }
  const now =
    view.i_id !== null
      ? await resumeIn(tx, ctx, { interactionId: view.i_id, reason: "customer_wrote" })
      : await openInteraction(tx, ctx, { view, waitingSince: row.created_at, reason: "customer_wrote" });
  row.interaction_id = now.id;
  await updateMessage(tx, row.id, { interaction_id: now.id });
  return now;
}

const withInteraction = (view: ConversationView, now: InteractionRow): ConversationView => ({
  ...view,
  owner_id: now.owner_id,
  i_id: now.id,
  i_queue_id: now.queue_id,
  i_state: now.state,
  i_owner_id: now.owner_id,
  i_boost: now.boost,
  i_opened_at: now.opened_at,
  i_waiting_since: now.waiting_since,
  i_promise_ms: now.promise_ms,
  i_accepted_at: now.accepted_at,
  i_parked_until: now.parked_until,
  i_return_to: now.return_to,
  i_wrap_up_until: now.wrap_up_until,
  i_extensions: now.extensions,
  i_held_until: now.held_until,
  i_closed_at: now.closed_at,
  i_disposition: now.disposition,
  i_version: now.version,
});

/** What lists show of the conversation, and the windows that the message opened. */
async function noteInbound(
  tx: Tx,
  ctx: Ctx,
  o: {
    view: ConversationView;
    row: MessageRow;
    opensWindowAt: number;
    live: boolean;
    /** Whatever was asked before, no answer is wanted. */
    refuses: boolean;
  },
): Promise<ConversationView> {
  const { view, row } = o;
  const shown = await showAdded(tx, view, row);
  const opened = {
    last_inbound_at: Math.max(view.last_inbound_at ?? 0, o.opensWindowAt),
    window_opened_at: Math.max(view.window_opened_at ?? 0, o.opensWindowAt),
  };
  const change = {
    ...opened,
    ...answerUntilOf(ctx, { ...view, ...opened }),
    ...shown,
    // What another app is answering is history here, and nobody's to read or answer.
    unread: o.live ? view.unread + 1 : view.unread,
    unanswered_since: o.refuses ? null : (view.unanswered_since ?? (o.live ? shown.unanswered_since : null)),
  };
  await updateConversation(tx, view.id, change);
  return { ...view, ...change };
}
