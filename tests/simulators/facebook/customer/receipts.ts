import type { Sim } from "../core/context.ts";
import type { StoredMessage, Thread } from "../core/world.ts";
import { echoItem, fromCustomer } from "../webhook/items.ts";

const OLD_WATERMARK_MS = 60_000;

export function emitEcho(
  sim: Sim,
  thread: Thread,
  sent: { message: StoredMessage; metadata?: string | undefined },
): Promise<void> {
  if (sim.faults.strike("echo.drop")) return Promise.resolve();
  return sim.webhooks.emit({
    pageId: thread.pageId,
    field: "message_echoes",
    owner: thread.ownerAppId,
    item: echoItem(sim, thread, sent),
  });
}

/** The customer's phone has the message. Offline or with swapped receipts the event waits. */
export async function deliverToCustomer(sim: Sim, thread: Thread, message: StoredMessage): Promise<void> {
  const deliver = () => emitDelivery(sim, thread, message);
  if (thread.offline || sim.faults.peek("receipts.swapped")) {
    thread.heldReceipts.push(() => void deliver());
    return;
  }
  await deliver();
}

async function emitDelivery(sim: Sim, thread: Thread, message: StoredMessage): Promise<void> {
  thread.deliveredTo = Math.max(thread.deliveredTo, message.at);
  sim.changed();
  if (sim.faults.strike("delivery.drop")) return;
  const mids = sim.faults.strike("delivery.withoutMids") ? undefined : [message.mid];
  await sim.webhooks.emit({
    pageId: thread.pageId,
    field: "message_deliveries",
    owner: thread.ownerAppId,
    item: { ...fromCustomer(thread, sim.time.stamp()), delivery: { mids, watermark: message.at } },
  });
}

export function releaseReceipts(thread: Thread): void {
  const held = thread.heldReceipts.splice(0);
  for (const release of held) release();
}

export async function readByCustomer(sim: Sim, thread: Thread): Promise<void> {
  const last = thread.messages.findLast(({ from }) => from === "page");
  if (!last || last.at <= thread.readTo) return;
  thread.readTo = last.at;
  sim.changed();
  await emitRead(sim, thread, last.at);
  // An old watermark after the new one: a receiver must keep the greater.
  if (sim.faults.strike("read.oldWatermark")) await emitRead(sim, thread, last.at - OLD_WATERMARK_MS);
  if (!thread.offline) releaseReceipts(thread);
}

function emitRead(sim: Sim, thread: Thread, watermark: number): Promise<void> {
  return sim.webhooks.emit({
    pageId: thread.pageId,
    field: "message_reads",
    owner: thread.ownerAppId,
    item: { ...fromCustomer(thread, sim.time.stamp()), read: { watermark } },
  });
}
