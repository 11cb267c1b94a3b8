import type { InboxOrder } from "@tongdai/shared";
import { markGrowing, markList, putPage, trimLists } from "../state/conversations.ts";
import type { InboxFilter } from "../state/inbox-filter.ts";
import { selectList } from "../state/selectors.ts";
import type { Client } from "./client.ts";
import { changePreferences } from "./set-preferences.ts";

const pageSize = 100;
/** A list left and come back to at once is not fetched again. */
const trimAfterMs = 5_000;

export function setInboxFilter(client: Client, change: Partial<InboxFilter>): void {
  client.update((s) => ({
    ...s,
    inbox: { ...s.inbox, filter: { ...s.inbox.filter, ...change } },
  }));
  client.later.put("inbox.trim", trimAfterMs, () => client.update(trimLists));
}

/** What stands first, here and after a restart. */
export function orderInbox(client: Client, order: InboxOrder): void {
  changePreferences(client, { inboxOrder: order });
  setInboxFilter(client, { order });
}

/** The first page of a list, unless it is here and true. Throws when there is nothing to show; else reports. */
export async function loadInbox(client: Client, filter: InboxFilter): Promise<void> {
  const list = selectList(client.store.getState(), filter);
  if (list?.status === "ready" || list?.status === "loading") return;
  if (list?.status !== "stale") client.update((s) => markList(s, filter, "loading"));
  try {
    await fetchPage(client, filter, null);
  } catch (cause) {
    // Rows that are here stay on the screen; they are fetched again with the next connection.
    const shown = selectList(client.store.getState(), filter)?.ids.length ?? 0;
    client.update((s) => markList(s, filter, shown > 0 ? "stale" : "failed"));
    if (shown === 0) throw cause;
    client.report(cause);
  }
}

/** The next page, one at a time. */
export async function loadMoreInbox(client: Client, filter: InboxFilter): Promise<void> {
  const list = selectList(client.store.getState(), filter);
  if (!list?.end || list.isGrowing) return;
  client.update((s) => markGrowing(s, filter, true));
  try {
    await fetchPage(client, filter, list.end.next);
  } catch (cause) {
    client.update((s) => markGrowing(s, filter, false));
    throw cause;
  }
}

async function fetchPage(client: Client, filter: InboxFilter, cursor: string | null): Promise<void> {
  const page = await client.request("conversation.list", {
    view: filter.view,
    order: filter.order,
    ...(filter.unread ? { unread: true } : {}),
    ...(filter.mentioned ? { mentioned: true } : {}),
    ...(filter.channel ? { channel: filter.channel } : {}),
    ...(cursor ? { cursor } : {}),
    limit: pageSize,
  });
  client.update((s) => putPage(s, filter, { ...page, after: cursor }));
}
