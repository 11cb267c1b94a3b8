import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById, namedWork, releaseNamedWork } from "../../store/interactions.ts";
import { setTimer } from "../timers/index.ts";
import { CLOSED } from "./change.ts";
import { holdReturned, tellHeld } from "./closed-queue.ts";
import { UNANSWERED_MS } from "./unanswered.ts";

/** Waiting work that was meant for one person only is anybody's again: at once, or when its queue opens. */
export async function releaseNamed(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  const work = await namedWork(tx, userId);
  for (const [queueId, ofQueue] of Map.groupBy(work, (w) => w.queue_id)) {
    const heldUntil = await holdReturned(tx, ctx, { queueId, leaver: userId });
    const ids = ofQueue.map((w) => w.id);
    await releaseNamedWork(tx, ids, { heldUntil, waitReason: heldUntil === null ? null : CLOSED });
    if (heldUntil !== null) for (const id of ids) await holdBack(tx, ctx, { id, heldUntil });
  }
}

async function holdBack(
  tx: Tx,
  ctx: Ctx,
  { id, heldUntil }: { id: string; heldUntil: number },
): Promise<void> {
  await setTimer(tx, ctx, { kind: "unanswered", subjectId: id, dueAt: heldUntil + UNANSWERED_MS });
  const now = await interactionById(tx, id);
  if (now) await tellHeld(tx, ctx, now);
}
