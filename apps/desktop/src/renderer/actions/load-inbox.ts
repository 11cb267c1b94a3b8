import { markList, putPage } from "../state/conversations.ts";
import { filterKey, type InboxFilter } from "../state/inbox-filter.ts";
import type { Client } from "./client.ts";

const pageSize = 100;
/** Pages fetched without being asked for: in a list by urgency the most urgent may be on the last page. */
const eagerPages = 10;

export const setInboxFilter = (client: Client, change: Partial<InboxFilter>): void =>
  client.update((s) => ({
    ...s,
    inbox: { ...s.inbox, filter: { ...s.inbox.filter, ...change } },
  }));

/** The first pages of a list, unless it is here and true. */
export async function loadInbox(client: Client, filter: InboxFilter): Promise<void> {
  const list = client.store.getState().inbox.lists[filterKey(filter)];
  if (list?.status === "ready" || list?.status === "loading") return;
  if (list?.status !== "stale") client.update((s) => markList(s, filter, "loading"));
  try {
    await fetchPage(client, filter, null);
    for (let page = 1; page < eagerPages && filter.view !== "all"; page++)
      if (!(await loadMoreInbox(client, filter))) return;
  } catch (cause) {
    // Rows that are here stay on the screen; they are fetched again with the next connection.
    const shown = client.store.getState().inbox.lists[filterKey(filter)]?.ids.length ?? 0;
    client.update((s) => markList(s, filter, shown > 0 ? "stale" : "failed"));
    throw cause;
  }
}

/** The next page. @returns whether there may be another */
export async function loadMoreInbox(client: Client, filter: InboxFilter): Promise<boolean> {
  const cursor = client.store.getState().inbox.lists[filterKey(filter)]?.next;
  if (!cursor) return false;
  return fetchPage(client, filter, cursor);
}

async function fetchPage(client: Client, filter: InboxFilter, cursor: string | null): Promise<boolean> {
  const page = await client.request("conversation.list", {
    view: filter.view,
    ...(filter.unread ? { unread: true } : {}),
    ...(filter.mentioned ? { mentioned: true } : {}),
    ...(filter.channel ? { channel: filter.channel } : {}),
    ...(cursor ? { cursor } : {}),
    limit: pageSize,
  });
  client.update((s) => putPage(s, filter, { ...page, first: cursor === null }));
  return page.next !== null;
}
