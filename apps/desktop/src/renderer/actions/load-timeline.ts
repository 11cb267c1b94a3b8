import { putTimeline, putTimelinePage } from "../state/customers.ts";
import type { Client } from "./client.ts";

/** The newest page, unless it is here and true. */
export async function loadTimeline(client: Client, customerId: string): Promise<void> {
  const known = client.store.getState().customers.timelines[customerId];
  if (known?.status === "ready" || known?.status === "loading") return;
  const isStale = known?.status === "stale";
  if (!isStale) client.update((s) => putTimeline(s, customerId, { status: "loading" }));
  try {
    const page = await client.request("customer.timeline", { customerId });
    client.update((s) => putTimelinePage(s, customerId, { ...page, first: true }));
  } catch (cause) {
    client.update((s) => putTimeline(s, customerId, { status: isStale ? "stale" : "failed" }));
    throw cause;
  }
}

/** The page after what is here. */
export async function loadMoreTimeline(client: Client, customerId: string): Promise<void> {
  const cursor = client.store.getState().customers.timelines[customerId]?.next;
  if (!cursor) return;
  const page = await client.request("customer.timeline", { customerId, cursor });
  client.update((s) => putTimelinePage(s, customerId, { ...page, first: false }));
}
