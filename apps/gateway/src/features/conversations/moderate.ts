import {
  AppError,
  type AuditAction,
  ChannelId,
  type CommandParsed,
  type CommentAct,
  type CommentPower,
  type Message,
  type SendFailure,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toMessage } from "../../presenters/conversation.ts";
import { conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { keepChange } from "../../store/message-changes.ts";
import { messageById } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { assertMay, seeConversation } from "../access.ts";
import { audit } from "../audit/index.ts";
import { commentOf, withComment } from "./comment-row.ts";
import { changeMessage } from "./journal-message.ts";
import { applyChanges } from "./message-changes.ts";
import { excerpt } from "./message-row.ts";
import { owe } from "./outbox.ts";
import { refreshPreview } from "./refresh-preview.ts";
import { assertNotTaken, assertSwitchedOn } from "./take-part.ts";

const power: Record<CommentAct, CommentPower> = {
  hide: "hide",
  unhide: "hide",
  like: "like",
  unlike: "like",
  delete: "delete",
};

/** What the page's public face is changed by, and by whom, can be looked up. */
const audited: Partial<Record<CommentAct, AuditAction>> = {
  hide: "comment.hidden",
  unhide: "comment.shown",
  delete: "comment.deleted",
};

/**
 * Asks the channel to hide, like or delete a comment, or to take the first two back; what is so or on its way is not asked
 * again. Throws `invalid_input` for what the channel cannot do, `taken`, `forbidden`, `channel_paused`.
 */
export function moderate(
  ctx: Ctx,
  caller: Caller,
  { messageId, act }: CommandParsed<"message.moderate">,
): Promise<Message> {
  return ctx.store.write(async (tx) => {
    const was = await messageById(tx, messageId);
    const view = seeConversation(caller, was && (await conversationById(tx, was.conversation_id)));
    const { capabilities } = ctx.channels.get(ChannelId.parse(view.channel));
    if (!was || !capabilities.public?.powers.includes(power[act]) || !canHave(was, act))
      throw new AppError("invalid_input", "this cannot be done to this message", { field: "act" });
    if (act === "delete" && was.author_id !== caller.userId) assertMay(caller, "comments.delete");
    assertNotTaken(caller, view);
    if (isAsked(was, act)) return toMessage(was);
    await assertSwitchedOn(tx, view);
    await owe(tx, ctx, {
      kind: "moderate",
      accountId: view.account_id,
      lane: `${view.id}:act`,
      payload: { messageId, act },
    });
    const action = audited[act];
    if (action)
      await audit(tx, ctx, { by: caller, action, target: was.id, detail: { text: excerpt(was.text) } });
    const change = withComment(was, { act: { kind: act, error: null } });
    return toMessage(await changeMessage(tx, ctx, { was, change, actorId: caller.userId }));
  });
}

/** Our own words are neither hidden nor liked. */
const canHave = (was: MessageRow, act: CommentAct): boolean =>
  was.comment !== null &&
  was.private_to === null &&
  was.external_id !== null &&
  was.state !== "removed" &&
  (was.direction === "in" || act === "delete");

function isAsked(was: MessageRow, act: CommentAct): boolean {
  const comment = commentOf(was);
  if (!comment) return false;
  if (comment.act?.error === null) return comment.act.kind === act;
  if (act === "delete") return false;
  const { hidden, liked } = comment;
  return power[act] === "hide" ? hidden === (act === "hide") : liked === (act === "like");
}

/** The channel has done it. Kept as if it had told so, so that an older word of it does not undo it. */
export async function moderated(
  tx: Tx,
  ctx: Ctx,
  { messageId, act }: { messageId: string; act: CommentAct },
): Promise<void> {
  const was = await messageById(tx, messageId);
  if (!was || was.external_id === null) return;
  const asked = await changeMessage(tx, ctx, { was, change: withoutAct(was, act) });
  const change = act === "delete" ? { kind: "removed", value: null } : markOf(act);
  await keepChange(tx, {
    account_id: was.account_id,
    external_id: was.external_id,
    rank: ctx.clock.now(),
    kept_at: ctx.clock.now(),
    ...change,
  });
  await applyChanges(tx, ctx, { accountId: was.account_id, externalId: was.external_id });
  if (act === "delete") await refreshPreview(tx, ctx, asked.conversation_id);
}

const markOf = (act: CommentAct) => ({
  kind: power[act] === "hide" ? "hidden" : "liked",
  value: act === "hide" || act === "like" ? "1" : "0",
});

/** Another one may have been asked for meanwhile. */
const withoutAct = (was: MessageRow, act: CommentAct) =>
  commentOf(was)?.act?.kind === act ? withComment(was, { act: null }) : {};

/**
 * The channel will not: it stands at the comment until something else is asked for. What was taken back meanwhile, or is of a
 * comment that is gone, is nobody's concern any more.
 */
export async function moderationFailed(
  tx: Tx,
  ctx: Ctx,
  o: { messageId: string; act: CommentAct; error: { code: SendFailure; detail: string } },
): Promise<void> {
  const was = await messageById(tx, o.messageId);
  const comment = was && commentOf(was);
  if (!comment || was.state === "removed" || isTakenBack(comment.act, o.act)) return;
  await changeMessage(tx, ctx, {
    was,
    change: withComment(was, { act: { kind: o.act, error: o.error } }),
  });
}

type Asked = NonNullable<ReturnType<typeof commentOf>>["act"];

const isTakenBack = (asked: Asked, act: CommentAct): boolean =>
  asked !== null && asked.error === null && asked.kind !== act && power[asked.kind] === power[act];
