import type { SearchState, State } from "../state/model.ts";
import { emptySearch } from "../state/model.ts";
import type { Client } from "./client.ts";

const restMs = 180;

const withSearch = (state: State, search: SearchState): State => ({
  ...state,
  inbox: { ...state.inbox, search },
});

/** Looks through messages and customers when the typing rests; an empty query ends the search. */
export function search(client: Client, query: string): void {
  if (query.trim() === "") {
    client.later.cancel("search");
    client.update((s) => withSearch(s, emptySearch));
    return;
  }
  client.update((s) => withSearch(s, { ...s.inbox.search, query, status: "loading" }));
  client.later.put("search", restMs, () => void find(client, query));
}

/** The next page of messages. */
export async function searchMore(client: Client): Promise<void> {
  const { query, next, status } = client.store.getState().inbox.search;
  if (!next || status !== "ready") return;
  const page = await client.request("conversation.search", { query, cursor: next });
  update(client, query, (old) => ({ ...old, hits: [...old.hits, ...page.hits], next: page.next }));
}

async function find(client: Client, query: string): Promise<void> {
  try {
    const [messages, people] = await Promise.all([
      client.request("conversation.search", { query }),
      client.request("customer.search", { query, limit: 8 }),
    ]);
    update(client, query, () => ({
      query,
      status: "ready",
      hits: messages.hits,
      customers: people.customers,
      next: messages.next,
    }));
  } catch {
    // Said in the place of the results.
    update(client, query, (old) => ({ ...old, status: "failed" }));
  }
}

/** An answer to an earlier query comes too late to be shown. */
function update(client: Client, query: string, change: (old: SearchState) => SearchState): void {
  client.update((s) => (s.inbox.search.query === query ? withSearch(s, change(s.inbox.search)) : s));
}
