import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { putTimer, removeTimer, timerStands } from "../../store/timers.ts";

export { runTimers, type TimerHandlers } from "./run-timers.ts";

export interface Timer {
  /** `kind:subject` names it: one timer a pair. */
  readonly kind: string;
  readonly subjectId: string;
}

/** Makes something happen later, also after a restart. Setting it again moves it. @param dueAt epoch milliseconds */
export async function setTimer(tx: Tx, ctx: Ctx, o: Timer & { dueAt: number }): Promise<void> {
  const row = { key: keyOf(o), kind: o.kind, subject_id: o.subjectId, due_at: o.dueAt };
  await putTimer(tx, row);
  tx.afterCommit(() => ctx.wake.timers(row));
}

export const cancelTimer = (tx: Tx, timer: Timer) => removeTimer(tx, keyOf(timer));

export const hasTimer = (tx: Tx, timer: Timer): Promise<boolean> => timerStands(tx, keyOf(timer));

const keyOf = (t: Timer): string => `${t.kind}:${t.subjectId}`;
