import type { InboxOrder, InboxView } from "@tongdai/shared";
import { sql } from "kysely";
import { type ConversationView, conversationsByIds } from "./conversations.ts";
import { beyond, type Place } from "./place.ts";
import type { Queryable } from "./store.ts";

export interface ConversationFilter {
  readonly view: InboxView;
  readonly order: InboxOrder;
  readonly userId: string;
  /** `null`: every queue. */
  readonly queueIds: readonly string[] | null;
  readonly unread?: boolean | undefined;
  /** Only where a mention waits for the user. */
  readonly mentioned?: boolean | undefined;
  readonly channel?: string | undefined;
  readonly queueId?: string | undefined;
  /** Goes on behind this place, by the key of the view's order: a time, or the urgency. */
  readonly after?: Place | undefined;
  readonly limit: number;
}

export interface ConversationPage {
  readonly conversations: readonly ConversationView[];
  /** The place of the last one; absent when there are no more. */
  readonly last?: Place | undefined;
}

const newestFirst = (a: Place, b: Place): number => b.at - a.at || (a.id < b.id ? 1 : -1);
const mostUrgentFirst = (a: Place, b: Place): number => a.at - b.at || (a.id < b.id ? -1 : 1);

const byTime = { column: "last_message_at", way: "desc", past: "<", compare: newestFirst } as const;
const byUrgency = { column: "urgency", way: "asc", past: ">", compare: mostUrgentFirst } as const;

/** What is over has no urgency. Ids tell equals apart. */
const orderOf = ({ view, order }: Pick<ConversationFilter, "view" | "order">) =>
  view === "all" || order === "newest" ? byTime : byUrgency;

/** Work that is answered begins here; nobody waits after it. */
const ANSWERED = 200_000_000_000_000;

/** The page is found by its key in an index of the view, and only then read. */
export async function listConversations(q: Queryable, f: ConversationFilter): Promise<ConversationPage> {
  const places = await placesOf(q, f);
  const rows = await conversationsByIds(
    q,
    places.map((p) => p.id),
  );
  const byId = new Map(rows.map((r) => [r.id, r]));
  return {
    conversations: places.flatMap((p) => byId.get(p.id) ?? []),
    last: places.length === f.limit ? places.at(-1) : undefined,
  };
}

async function placesOf(q: Queryable, f: ConversationFilter): Promise<Place[]> {
  const { queueIds } = f;
  if (f.view === "mine" || queueIds === null) return walk(q, f).execute();
  // Each queue has its own order in an index, and so has what the reader owns.
  const lists = await Promise.all([
    ...queueIds.map((queueId) => walk(q, f).where(queueOf(f), "=", queueId).execute()),
    walk(q, f).where("owner_id", "=", f.userId).execute(),
  ]);
  const all = new Map(lists.flat().map((p) => [p.id, p]));
  return [...all.values()].sort(orderOf(f).compare).slice(0, f.limit);
}

/**
 * What is open, newest first, is looked for among what is open. By its name the queue would lead SQLite to the index of all that
 * the queue ever had, and past everything that is over.
 */
const queueOf = (f: ConversationFilter) =>
  f.view !== "all" && f.view !== "mine" && orderOf(f) === byTime ? sql<string>`queue_id || ''` : "queue_id";

function walk(q: Queryable, f: ConversationFilter) {
  const { column, way, past } = orderOf(f);
  let query = q.db
    .selectFrom("conversation")
    .select(["id", (e) => e.ref(column).$notNull().as("at")])
    .orderBy(column, way)
    .orderBy("id", way)
    .limit(f.limit);
  if (f.view === "mine") query = query.where("owner_id", "=", f.userId);
  // The index of what is open also serves what waits, which is a part of it.
  if (f.view === "open" || f.view === "waiting") query = query.where("interaction_id", "is not", null);
  if (f.view === "waiting")
    query = query.where("interaction_state", "in", ["waiting", "offered"]).where("urgency", "<", ANSWERED);
  if (f.unread) query = query.where("unread", ">", 0);
  if (f.mentioned)
    query = query.where("id", "in", (e) =>
      e
        .selectFrom("mention")
        .select("conversation_id")
        .where("user_id", "=", f.userId)
        .where("seen_at", "is", null),
    );
  if (f.channel) query = query.where("channel", "=", f.channel);
  if (f.queueId) query = query.where(queueOf(f), "=", f.queueId);
  if (f.after) query = query.where(beyond([column, "id"], past, f.after));
  return query;
}
