import type { Tx } from "./store.ts";

/**
 * The wall clock was set back by `ms`: what waits for a time of the old clock would wait so much longer.
 * @param o.timersFrom timers that would come before it are of the new clock already and stay as they are
 */
export async function pullForward(tx: Tx, ms: number, o: { readonly timersFrom: number }): Promise<void> {
  await tx.db
    .updateTable("outbox")
    .set((e) => ({ next_at: e("next_at", "-", ms), lease_until: e("lease_until", "-", ms) }))
    .execute();
  await tx.db
    .updateTable("webhook_delivery")
    .set((e) => ({ next_at: e("next_at", "-", ms), lease_until: e("lease_until", "-", ms) }))
    .where("state", "in", ["ready", "trying"])
    .execute();
  await tx.db
    .updateTable("webhook")
    .set((e) => ({ rest_until: e("rest_until", "-", ms) }))
    .execute();
  await tx.db
    .updateTable("connection")
    .set((e) => ({ lease_until: e("lease_until", "-", ms) }))
    .execute();
  await tx.db
    .updateTable("timer")
    .set((e) => ({ due_at: e("due_at", "-", ms) }))
    .where("due_at", ">=", o.timersFrom + ms)
    .execute();
}
