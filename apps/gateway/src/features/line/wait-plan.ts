import { nextWaitTime, type WaitProgress } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { waitRulesOf } from "../../presenters/people.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import type { InteractionRow, QueueRow } from "../../store/schema.ts";
import { cancelTimer, setTimer } from "../timers/index.ts";

const Progress = z.object({
  from: z.number(),
  done: z.array(z.string()),
  told: z.object({ at: z.number(), position: z.number() }).nullable(),
});

export interface WaitPlan {
  /** As the interaction keeps it. */
  readonly wait: string | null;
  /** When there is something to do; null: nothing ever. Epoch milliseconds. */
  readonly dueAt: number | null;
}

type Waiting = Pick<InteractionRow, "queue_id" | "held_until" | "waiting_since">;

export const waitProgress = (row: Pick<InteractionRow, "wait">): WaitProgress | null =>
  row.wait === null ? null : fromJson(Progress, row.wait);

/** What a wait that goes on from here has before it. */
export function planWait(queue: QueueRow, progress: WaitProgress): WaitPlan {
  const dueAt = nextWaitTime(queue.id, waitRulesOf(queue), progress);
  const isEmpty = dueAt === null && progress.done.length === 0 && progress.told === null;
  return { wait: isEmpty ? null : JSON.stringify(progress), dueAt };
}

/** The plan of work that begins to wait in a queue, or goes on with that after an offer. */
export function planBack(
  ctx: Ctx,
  o: { queue: QueueRow | undefined; now: Waiting; was?: InteractionRow },
): WaitPlan {
  const { queue, now, was } = o;
  if (!queue) return { wait: null, dueAt: null };
  const before = was ? waitProgress(was) : null;
  const isMoved = was !== undefined && was.queue_id !== now.queue_id;
  const wasServed = was !== undefined && was.state !== "waiting" && was.state !== "offered";
  const begins = isMoved || wasServed ? ctx.clock.now() : now.waiting_since;
  const goesOn = before && !isMoved && !wasServed && was?.held_until === now.held_until;
  return planWait(queue, {
    from: goesOn ? before.from : (now.held_until ?? begins),
    done: before?.done ?? [],
    told: isMoved ? null : (before?.told ?? null),
  });
}

/** Timer `waited`: moved to when there is something to do, or taken away. */
export const setWaitTimer = (tx: Tx, ctx: Ctx, id: string, dueAt: number | null): Promise<unknown> =>
  dueAt === null
    ? cancelTimer(tx, { kind: "waited", subjectId: id })
    : setTimer(tx, ctx, { kind: "waited", subjectId: id, dueAt });
