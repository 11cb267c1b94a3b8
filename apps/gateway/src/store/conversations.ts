import type { Insertable, Updateable } from "kysely";
import { locks } from "./locks.ts";
import { prepared } from "./prepared.ts";
import type { ConversationRow, Tables } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

/** In a transaction the conversation stays ours until its end, so that what is counted from it stays true. */
const joined = (q: Queryable) => {
  const query = view(q);
  return locks(q) ? query.forUpdate("c") : query;
};

const view = (q: Queryable) =>
  q.db
    .selectFrom("conversation as c")
    .innerJoin("customer as u", "u.id", "c.customer_id")
    .innerJoin("identity as d", "d.id", "c.identity_id")
    .leftJoin("interaction as i", "i.id", "c.interaction_id")
    .leftJoin("post as p", "p.id", "c.post_id")
    .select([
      "c.id",
      "c.channel",
      "c.account_id",
      "c.identity_id",
      "c.thread",
      "c.subject",
      "c.post_id",
      "c.customer_id",
      "c.queue_id",
      "c.unread",
      "c.unsent",
      "c.preview_text",
      "c.preview_direction",
      "c.preview_attachment",
      "c.preview_author_id",
      "c.last_message_at",
      "c.last_inbound_at",
      "c.window_opened_at",
      "c.window_refused_at",
      "c.human_window_refused_at",
      "c.unanswered_since",
      "c.answer_until",
      "c.delivered_until",
      "c.read_until",
      "c.owner_id",
      "u.name as customer_name",
      "d.avatar_media_id",
      "d.external_id as identity_external_id",
      "d.opted_out_at",
      "d.home_id",
      "p.text as post_text",
      "p.url as post_url",
      "p.picture_media_id as post_picture",
      "p.posted_at as post_at",
      "p.removed_at as post_removed_at",
      "i.id as i_id",
      "i.queue_id as i_queue_id",
      "i.state as i_state",
      "i.owner_id as i_owner_id",
      "i.boost as i_boost",
      "i.opened_at as i_opened_at",
      "i.waiting_since as i_waiting_since",
      "i.promise_ms as i_promise_ms",
      "i.accepted_at as i_accepted_at",
      "i.parked_until as i_parked_until",
      "i.return_to as i_return_to",
      "i.wrap_up_until as i_wrap_up_until",
      "i.extensions as i_extensions",
      "i.held_until as i_held_until",
      "i.closed_at as i_closed_at",
      "i.disposition as i_disposition",
      "i.version as i_version",
    ]);

/** A conversation with its customer's name and its open interaction beside it: what lists and screens show. */
export type ConversationView = Awaited<ReturnType<typeof conversationById>> & object;

const byId = prepared((q, p: { id: string }) => joined(q).where("c.id", "=", p.id));

export const conversationById = (q: Queryable, id: string) => byId.first(q, { id });

const ofIdentity = prepared((q, p: { accountId: string; externalId: string; thread: string }) =>
  joined(q)
    .where("d.account_id", "=", p.accountId)
    .where("d.external_id", "=", p.externalId)
    .where("c.thread", "=", p.thread),
);

/** @param thread which of the identity's threads, where the channel has several */
export const conversationOfIdentity = (q: Queryable, accountId: string, externalId: string, thread = "") =>
  ofIdentity.first(q, { accountId, externalId, thread });

const ofThread = prepared((q, p: { accountId: string; thread: string }) =>
  joined(q)
    .where("c.account_id", "=", p.accountId)
    .where("c.thread", "=", p.thread)
    .where("c.post_id", "is not", null),
);

/** Of public threads, whoever takes part in them. */
export const conversationOfThread = (q: Queryable, accountId: string, thread: string) =>
  ofThread.first(q, { accountId, thread });

/** The last that was written to on an account, where its customer wrote at that time or later. */
export const newestOfAccount = (q: Queryable, accountId: string, since: number) =>
  view(q)
    .where("c.account_id", "=", accountId)
    // Only the beginning of the index by newest activity is read.
    .where("c.last_message_at", ">=", since)
    .where("c.last_inbound_at", ">=", since)
    .orderBy("c.last_message_at", "desc")
    .limit(1)
    .executeTakeFirst();

/** Of all private threads with an identity the one that was last written in. */
export const newestConversationOf = (q: Queryable, identityId: string) =>
  joined(q)
    .where("c.identity_id", "=", identityId)
    // What is said in public is no way to write to somebody.
    .where("c.post_id", "is", null)
    .orderBy("c.last_message_at", "desc")
    .orderBy("c.id", "desc")
    .limit(1)
    .executeTakeFirst();

export const conversationsByIds = (q: Queryable, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : joined(q).where("c.id", "in", ids).execute();

const hold = prepared((q, p: { id: string }) =>
  q.db.selectFrom("conversation").select("id").where("id", "=", p.id).forUpdate(),
);

/**
 * Keeps a conversation for this transaction. Returns whether somebody else may have changed it until now, so that what was
 * read before must be read again.
 */
export async function holdConversation(tx: Tx, id: string): Promise<boolean> {
  if (!locks(tx)) return false;
  await hold.first(tx, { id });
  return true;
}

const insert = prepared((q, row: Insertable<Tables["conversation"]>) =>
  q.db
    .insertInto("conversation")
    .values(row)
    .onConflict((c) => c.doNothing()),
);

/** Does nothing when the identity has this thread already: two first messages may come at once. */
export const insertConversation = (tx: Tx, row: Insertable<Tables["conversation"]>) => insert.run(tx, row);

const update = prepared((q, { key, ...change }: Updateable<ConversationRow> & { key: string }) =>
  q.db.updateTable("conversation").set(change).where("id", "=", key),
);

export const updateConversation = (tx: Tx, id: string, change: Updateable<ConversationRow>) =>
  update.run(tx, { ...change, key: id });
