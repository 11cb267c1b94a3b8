import type { Why } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { Tx } from "../../store/index.ts";
import { insertOffer } from "../../store/interactions.ts";
import type { InteractionRow, OfferRow, QueueRow } from "../../store/schema.ts";
import { changeInteraction, toOffer } from "../interactions/index.ts";
import { setTimer } from "../timers/index.ts";

/**
 * Commits an offer with its deadline; by compare-and-set, so no interaction is ever offered twice at a time. Throws
 * `conflict` when somebody has just taken it.
 */
export async function makeOffer(
  tx: Tx,
  ctx: Ctx,
  o: { row: InteractionRow; queue: QueueRow; userId: string; why: Why },
): Promise<void> {
  const madeAt = ctx.clock.now();
  const row: OfferRow = {
    id: newId(),
    interaction_id: o.row.id,
    work: o.row.work,
    user_id: o.userId,
    made_at: madeAt,
    deadline: madeAt + o.queue.offer_seconds * 1_000,
    state: "open",
    reasons: JSON.stringify([o.why]),
  };
  // First of all: when somebody was quicker it throws, and nothing has been written yet.
  await changeInteraction(tx, ctx, {
    was: o.row,
    change: { state: "offered", wait_reason: null, look_again: 0 },
    step: { event: "interaction.offered", reasons: [o.why], actorId: null, userId: o.userId },
  });
  await insertOffer(tx, row);
  await setTimer(tx, ctx, { kind: "offer", subjectId: row.id, dueAt: row.deadline });
  const offer = await toOffer(tx, row);
  if (!offer) throw new Error(`offer ${row.id} has no conversation`);
  tx.journal({
    name: "offer.made",
    at: madeAt,
    actorId: null,
    scopes: [`user:${o.userId}`],
    data: { offer },
    refs: { interactionId: o.row.id },
  });
}
