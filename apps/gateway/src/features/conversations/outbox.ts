import { CommentAct } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { insertOutbox } from "../../store/outbox.ts";
import type { MessageRow } from "../../store/schema.ts";

/** What we owe the outside world, by kind. `message` rows have the message's id, so each message is owed once. */
export const OutboxPayload = {
  message: z.object({ messageId: z.string() }),
  action: z.object({
    to: z.string(),
    targetExternalId: z.string(),
    emoji: z.string().nullable(),
  }),
  moderate: z.object({ messageId: z.string(), act: CommentAct }),
  fetch_post: z.object({ postId: z.string(), externalId: z.string() }),
  fetch_media: z.object({ messageId: z.string(), attachmentId: z.string(), url: z.string() }),
  fetch_profile: z.object({ identityId: z.string(), externalId: z.string() }),
};
export type OutboxKind = keyof typeof OutboxPayload;

export interface Owed<K extends OutboxKind> {
  readonly kind: K;
  readonly accountId: string;
  /** Rows of one lane leave one after the other; `null`: any order. */
  readonly lane: string | null;
  readonly payload: z.infer<(typeof OutboxPayload)[K]>;
  /** Defaults to a new one. */
  readonly id?: string;
}

/** Adds a debt to the outside world to the transaction that caused it. */
export async function owe<K extends OutboxKind>(tx: Tx, ctx: Ctx, owed: Owed<K>): Promise<void> {
  const id = owed.id ?? newId();
  await insertOutbox(tx, {
    id,
    kind: owed.kind,
    account_id: owed.accountId,
    lane: owed.lane ?? id,
    payload: JSON.stringify(owed.payload),
    state: "ready",
    attempts: 0,
    next_at: ctx.clock.now(),
    lease_until: null,
  });
  tx.afterCommit(ctx.wake.outbox);
}

/**
 * Owes a message, after those of its conversation that are owed already; one that goes by another account than the
 * conversation's holds nothing of it up.
 */
export const oweMessage = (
  tx: Tx,
  ctx: Ctx,
  { row, view }: { row: MessageRow; view: Pick<ConversationView, "account_id"> },
): Promise<void> =>
  owe(tx, ctx, {
    kind: "message",
    id: row.id,
    accountId: row.account_id,
    lane:
      row.account_id === view.account_id ? row.conversation_id : `${row.conversation_id}:${row.account_id}`,
    payload: { messageId: row.id },
  });
