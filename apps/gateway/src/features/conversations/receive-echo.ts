import type { Ctx } from "../../context.ts";
import { conversationOfIdentity, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { changesOf } from "../../store/message-changes.ts";
import { messageByExternalId, messageById } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { fromInbound, oweFetches } from "./attachments.ts";
import { ownComment } from "./comment-row.ts";
import { heldThread } from "./comment-thread.ts";
import { conversationFor } from "./find-thread.ts";
import type { Inbound } from "./inbound-context.ts";
import { journalCreated } from "./journal-message.ts";
import { insertLetter, letterColumns } from "./letter-row.ts";
import { heardOf, markSent } from "./mark-sent.ts";
import { aliased, ownByContent } from "./match-echo.ts";
import { changed, isQuoted, requote } from "./message-changes.ts";
import { messageRow } from "./message-row.ts";
import { showAdded } from "./preview.ts";
import { continuePrivately } from "./private-answer.ts";
import { shownTime } from "./times.ts";

/**
 * Something was sent in the account's name. Ours (it carries our id): proof that it went out, possibly before the
 * vendor has answered the sending. Anybody else's: an outgoing message written outside.
 */
export async function receiveEcho(tx: Tx, ctx: Ctx, in_: Inbound<"echo">): Promise<void> {
  const { account, event, item, receivedAt } = in_;
  const thread = event.comment && (await heldThread(tx, account.id, event.comment));
  // Nobody has answered what we wrote beneath our own post.
  if (event.comment && !thread) return;
  const own = await ownOf(tx, in_);
  // A copy of what has left proves nothing against the news that it came back.
  if (own?.state === "failed" && own.external_id === event.externalId) return;
  if (own && own.account_id === account.id) {
    const vendorAt = item.at ?? own.vendor_at;
    await markSent(tx, ctx, { was: own, externalId: event.externalId, vendorAt });
    if (own.private_to !== null) await continuePrivately(tx, ctx, { row: own, recipient: event.to });
    return;
  }
  if (await messageByExternalId(tx, account.id, event.externalId)) return;
  const at = shownTime(item.at, receivedAt);
  const view = thread ?? (await conversationFor(tx, ctx, { account, event, at }));
  const attachments = await fromInbound(tx, ctx, { inbound: event.attachments, conversationId: view.id });
  const kept = await changesOf(tx, account.id, event.externalId);
  const first = messageRow(view, {
    kind: "message",
    direction: "out",
    author_kind: "outside",
    state: heardOf(view, item.at ?? at),
    text: event.text,
    attachments: JSON.stringify(attachments),
    external_id: event.externalId,
    ...ownComment(view),
    vendor_at: item.at,
    at,
    created_at: receivedAt,
  });
  const row = { ...first, ...letterColumns(event), ...changed(first, kept) };
  if (!(await insertLetter(tx, row, event.letter))) return;
  const shown = await showAdded(tx, view, row);
  const change = { ...shown, unanswered_since: view.unanswered_since && shown.unanswered_since };
  await updateConversation(tx, view.id, change);
  if (view.unanswered_since !== null) tx.afterCommit(ctx.wake.router);
  await oweFetches(tx, ctx, {
    accountId: account.id,
    messageId: row.id,
    inbound: event.attachments,
    attachments,
  });
  journalCreated(tx, ctx, { row, view: { ...view, ...change } });
  if (isQuoted(kept)) await requote(tx, ctx, row);
}

/** The message of ours that it repeats, by our id or, where the vendor repeats none, by its words. */
async function ownOf(tx: Tx, in_: Inbound<"echo">): Promise<MessageRow | undefined> {
  const { account, event } = in_;
  if (event.ours) return messageById(tx, event.ours);
  if (!event.byContent || (await messageByExternalId(tx, account.id, event.externalId))) return undefined;
  const known = await changesOf(tx, account.id, event.externalId);
  const view = event.comment
    ? await heldThread(tx, account.id, event.comment)
    : await conversationOfIdentity(tx, account.id, event.to);
  return (await aliased(tx, known)) ?? (view && ownByContent(tx, in_, view.id));
}
