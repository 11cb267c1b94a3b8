import { fold, Reaction } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { conversationOfIdentity, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { messageByExternalId } from "../../store/messages.ts";
import type { Inbound } from "./inbound-context.ts";
import { changeMessage, journalConversation } from "./journal-message.ts";
import { refreshPreview } from "./preview.ts";
import { receiveMessage } from "./receive-message.ts";
import { shownTime, windowTime } from "./times.ts";

const Reactions = z.array(Reaction);

/** The customer's reaction to a message, the newest one counting; it also opens the reply window. */
export async function receiveReaction(tx: Tx, ctx: Ctx, in_: Inbound<"reaction">): Promise<void> {
  const { account, event, item, receivedAt } = in_;
  const at = shownTime(item.at, receivedAt);
  const was = await messageByExternalId(tx, account.id, event.targetExternalId);
  if (was) {
    const reactions = fromJson(Reactions, was.reactions);
    const old = reactions.find((r) => r.by === "customer");
    if (old && old.at >= at) return;
    const others = reactions.filter((r) => r.by !== "customer");
    const next: Reaction[] = event.emoji ? [...others, { by: "customer", emoji: event.emoji, at }] : others;
    await changeMessage(tx, ctx, { was, change: { reactions: JSON.stringify(next) } });
  }
  await openWindow(tx, ctx, in_, windowTime(item.at, receivedAt));
}

/** The customer changed the text. An edit that comes before its message stands for it. */
export async function receiveEdited(tx: Tx, ctx: Ctx, in_: Inbound<"edited">): Promise<void> {
  const { account, event } = in_;
  const find = () => messageByExternalId(tx, account.id, event.externalId);
  if (!(await find()))
    await receiveMessage(tx, ctx, {
      ...in_,
      event: {
        kind: "message",
        from: event.from,
        externalId: event.externalId,
        text: event.text,
        attachments: [],
        replyToExternalId: null,
        extra: {},
        live: true,
      },
    });
  const was = await find();
  if (was?.direction !== "in" || event.revision <= was.revision) return;
  await changeMessage(tx, ctx, {
    was,
    change: { text: event.text, folded: fold(event.text), revision: event.revision },
  });
  await refreshPreview(tx, ctx, was.conversation_id);
}

/** The customer took a message back: it is no longer shown, nor found. */
export async function receiveRemoved(tx: Tx, ctx: Ctx, in_: Inbound<"removed">): Promise<void> {
  const was = await messageByExternalId(tx, in_.account.id, in_.event.externalId);
  if (was?.direction !== "in") return;
  await changeMessage(tx, ctx, { was, change: { state: "removed", folded: "" } });
  await refreshPreview(tx, ctx, was.conversation_id);
}

/** A customer's act other than a message that lets us answer. */
export async function openWindow(
  tx: Tx,
  ctx: Ctx,
  in_: Pick<Inbound<"reaction">, "account"> & { event: { from: string } },
  at: number,
): Promise<void> {
  const view = await conversationOfIdentity(tx, in_.account.id, in_.event.from);
  if (!view || (view.window_opened_at ?? 0) >= at) return;
  await updateConversation(tx, view.id, { window_opened_at: at });
  await journalConversation(tx, ctx, view.id);
}
