import type { z } from "zod";
import type { Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { changesOf } from "../../store/message-changes.ts";
import { messageByExternalId } from "../../store/messages.ts";
import { setTimer } from "../timers/index.ts";
import { conversationOrKept } from "./early-acts.ts";
import type { Inbound } from "./inbound-context.ts";
import { journalConversation } from "./journal-message.ts";
import { Edit, keepForMessage } from "./message-changes.ts";
import { receiveMessage } from "./receive-message.ts";
import { refreshPreview } from "./refresh-preview.ts";
import { shownTime, windowTime } from "./times.ts";
import { answerUntilOf } from "./window.ts";

/** How long an edit waits for its message before it stands for it. */
const EARLY_MS = 60_000;

/** The customer's reaction to a message, the newest one counting; it also opens the reply window. */
export async function receiveReaction(tx: Tx, ctx: Ctx, in_: Inbound<"reaction">): Promise<void> {
  const { event, item, receivedAt } = in_;
  const change = { rank: shownTime(item.at, receivedAt), value: event.emoji };
  await keepForMessage(tx, ctx, in_, { externalId: event.targetExternalId, kind: "reaction", ...change });
  await openWindow(tx, ctx, in_, windowTime(item.at, receivedAt));
}

/** The customer changed the text. An edit whose message does not come stands for it. */
export async function receiveEdited(tx: Tx, ctx: Ctx, in_: Inbound<"edited">): Promise<void> {
  const { account, event, item } = in_;
  const { from, text, externalId, revision: rank, senderName, comment } = event;
  const who = { ...(senderName !== undefined && { senderName }), ...(comment && { comment }) };
  const value = JSON.stringify({ from, text, at: item.at, ...who } satisfies z.infer<typeof Edit>);
  const now = await keepForMessage(tx, ctx, in_, { externalId, kind: "edited", rank, value });
  if (now) return refreshPreview(tx, ctx, now.conversation_id);
  if (await messageByExternalId(tx, account.id, externalId)) return;
  await setTimer(tx, ctx, {
    kind: "early_edit",
    subjectId: `${account.id} ${externalId}`,
    dueAt: ctx.clock.now() + EARLY_MS,
  });
}

/** Timer `early_edit`: the message has not come, so its edit is the only word of it. */
export async function showEarlyEdit(tx: Tx, ctx: Ctx, subjectId: string): Promise<void> {
  const [accountId = "", ...rest] = subjectId.split(" ");
  const externalId = rest.join(" ");
  const account = await accountById(tx, accountId);
  const kept = (await changesOf(tx, accountId, externalId)).find((c) => c.kind === "edited");
  if (!account || !kept) return;
  const { at, ...said } = fromJson(Edit, kept.value ?? "");
  // What we changed ourselves is nobody's first word.
  if (said.from === account.external_id) return;
  const event = {
    kind: "message" as const,
    externalId,
    ...said,
    attachments: [],
    replyToExternalId: null,
    extra: {},
    live: true,
  };
  const item = { accountExternalId: account.external_id, key: externalId, at, event };
  await receiveMessage(tx, ctx, { account, item, event, receivedAt: kept.kept_at });
}

/** The customer took a message back: it is no longer shown, nor found, nor quoted. */
export async function receiveRemoved(tx: Tx, ctx: Ctx, in_: Inbound<"removed">): Promise<void> {
  const { externalId } = in_.event;
  const now = await keepForMessage(tx, ctx, in_, { externalId, kind: "removed", rank: 0, value: null });
  if (now) await refreshPreview(tx, ctx, now.conversation_id);
}

/** Somebody of ours hid or liked a comment, or took that back: here or elsewhere. */
export async function receiveMarked(tx: Tx, ctx: Ctx, in_: Inbound<"marked">): Promise<void> {
  const { event, item, receivedAt } = in_;
  const rank = shownTime(item.at, receivedAt);
  const value = event.on ? "1" : "0";
  await keepForMessage(tx, ctx, in_, { externalId: event.externalId, kind: event.mark, rank, value });
}

/** A customer's act other than a message that lets us answer. */
export async function openWindow(
  tx: Tx,
  ctx: Ctx,
  in_: Pick<Inbound<"reaction">, "account" | "receivedAt"> & { event: { from: string } },
  at: number,
): Promise<void> {
  const view = await conversationOrKept(tx, in_, { kind: "act", at });
  if (!view || (view.window_opened_at ?? 0) >= at) return;
  const opened = { window_opened_at: at };
  await updateConversation(tx, view.id, { ...opened, ...answerUntilOf(ctx, { ...view, ...opened }) });
  await journalConversation(tx, ctx, view.id);
}
