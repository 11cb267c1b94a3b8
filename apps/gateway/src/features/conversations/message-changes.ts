import { advance, MessageState, Reaction, undelivered } from "@tongdai/shared";
import { z } from "zod";
import type { InboundComment } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { changesOf, keepChange } from "../../store/message-changes.ts";
import { messageByExternalId, quotesOf } from "../../store/messages.ts";
import type { MessageChangeRow, MessageRow } from "../../store/schema.ts";
import { withComment } from "./comment-row.ts";
import { heldThread } from "./comment-thread.ts";
import { heldConversation } from "./early-acts.ts";
import type { Inbound } from "./inbound-context.ts";
import { changeMessage } from "./journal-message.ts";
import { aliased } from "./match-echo.ts";
import { foldedText, quoteOf } from "./message-row.ts";
import { wholeOf } from "./outgoing-parts.ts";

/**
 * Vendors deliver in any order, so what happens to a message may come before it, and an older thing after a newer one. The
 * newest of each kind is therefore kept by the vendor's id of the message, and a message is always shown with all of it.
 */
export const Edit = z.object({
  from: z.string(),
  at: z.number().nullable(),
  text: z.string(),
  senderName: z.string().exactOptional(),
  /** See `InboundComment`. */
  comment: z.object({ post: z.string(), thread: z.string(), postUrl: z.string().nullable() }).exactOptional(),
});

const Reactions = z.array(Reaction);

/** What is kept, as a change of the message. */
export function changed(was: MessageRow, kept: readonly MessageChangeRow[]): Partial<MessageRow> {
  const of = (kind: string) => kept.find((k) => k.kind === kind);
  const [reaction, edit] = [of("reaction"), of("edited")];
  // Of our own messages only comments are changed elsewhere.
  const canGo = was.direction === "in" || was.comment !== null;
  const isRemoved = was.state === "removed" || (canGo && of("removed") !== undefined);
  const text = edit && canGo && edit.rank > was.revision ? fromJson(Edit, edit.value ?? "").text : null;
  return {
    ...(reaction ? withReaction(was, { by: "customer", emoji: reaction.value, at: reaction.rank }) : {}),
    ...(edit && text !== null ? { text, folded: foldedText(text), revision: edit.rank } : {}),
    ...(was.comment === null ? {} : marks(was, { of, isRemoved })),
    ...(was.direction === "out" ? arrival(was, of) : {}),
    ...(isRemoved ? { state: "removed", folded: "" } : {}),
  };
}

/** A mark is kept as 1 or 0. To what is gone nothing more can be done, so nothing of that is refused. */
function marks(
  was: MessageRow,
  { of, isRemoved }: { of: (kind: string) => MessageChangeRow | undefined; isRemoved: boolean },
): Partial<Pick<MessageRow, "comment">> {
  const [hidden, liked] = [of("hidden"), of("liked")];
  if (!hidden && !liked && !isRemoved) return {};
  return withComment(was, {
    ...(isRemoved && { act: null }),
    ...(hidden && { hidden: hidden.value === "1" }),
    ...(liked && { liked: liked.value === "1" }),
  });
}

/** What became of a message of ours, by receipts that named it. One that arrived did not fail, whatever else was said. */
function arrival(
  was: MessageRow,
  of: (kind: string) => MessageChangeRow | undefined,
): Partial<Pick<MessageRow, "state" | "error">> {
  const heard = of("read") ? "read" : of("delivered") ? "delivered" : null;
  const state = MessageState.parse(was.state);
  if (heard) return { state: advance(state, heard), error: null };
  const failure = of("undelivered");
  return failure ? { state: undelivered(state), error: failure.value } : {};
}

/** One reaction of each side; none when there is no emoji. */
export function withReaction(
  was: MessageRow,
  { by, emoji, at }: { by: Reaction["by"]; emoji: string | null; at: number },
): Pick<MessageRow, "reactions"> {
  const others = fromJson(Reactions, was.reactions).filter((r) => r.by !== by);
  return { reactions: JSON.stringify(emoji ? [...others, { by, emoji, at }] : others) };
}

/** Brings a message that is there up to what is kept of it. Returns it as it is now; null: it is not there yet. */
export async function applyChanges(
  tx: Tx,
  ctx: Ctx,
  o: { accountId: string; externalId: string },
): Promise<MessageRow | null> {
  const kept = await wholeOf(tx, await changesOf(tx, o.accountId, o.externalId));
  if (kept.length === 0) return null;
  const was = (await messageByExternalId(tx, o.accountId, o.externalId)) ?? (await aliased(tx, kept));
  if (!was) return null;
  const now = await changeMessage(tx, ctx, { was, change: changed(was, kept) });
  if (quoteOf(was) !== quoteOf(now) || isQuoted(kept)) await requote(tx, ctx, now);
  return now;
}

export const isQuoted = (kept: readonly MessageChangeRow[]): boolean => kept.some((k) => k.kind === "quoted");

/** Whoever quotes a message shows it as it is now. */
export async function requote(tx: Tx, ctx: Ctx, target: MessageRow): Promise<void> {
  if (target.external_id === null) return;
  const change = { reply_to_id: target.id, reply_excerpt: quoteOf(target) };
  for (const was of await quotesOf(tx, target.conversation_id, target.external_id))
    await changeMessage(tx, ctx, { was, change });
}

/** Keeps what happened to a message, and applies it when it is the newest of its kind. Returns the message, if it is there. */
export async function keepForMessage(
  tx: Tx,
  ctx: Ctx,
  in_: Pick<Inbound<"removed">, "account" | "receivedAt"> & {
    readonly event: { readonly from: string; readonly comment?: InboundComment };
  },
  o: { externalId: string; kind: string; rank: number; value: string | null },
): Promise<MessageRow | null> {
  const { externalId, ...change } = o;
  const accountId = in_.account.id;
  // Held from here on, so a message that comes at this moment has the change or finds it.
  if (in_.event.comment) await heldThread(tx, accountId, in_.event.comment);
  else await heldConversation(tx, accountId, in_.event.from);
  const row = { account_id: accountId, external_id: externalId, kept_at: in_.receivedAt, ...change };
  return (await keepChange(tx, row)) ? applyChanges(tx, ctx, { accountId, externalId }) : null;
}
