import type { Insertable, Updateable } from "kysely";
import { locks } from "./locks.ts";
import { beyond, type Place } from "./place.ts";
import { prepared } from "./prepared.ts";
import type { MessageRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

const insert = prepared((q, row: Insertable<MessageRow>) =>
  q.db
    .insertInto("message")
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning("id"),
);

/** Returns false, and changes nothing, when the same vendor message or the same part of a command is there already. */
export async function insertMessage(tx: Tx, row: Insertable<MessageRow>): Promise<boolean> {
  return (await insert.first(tx, row)) !== undefined;
}

const rows = (q: Queryable) => {
  const query = q.db.selectFrom("message").selectAll();
  return locks(q) ? query.forUpdate() : query;
};

const byId = prepared((q, p: { id: string }) => rows(q).where("id", "=", p.id));

export const messageById = (q: Queryable, id: string) => byId.first(q, { id });

const byExternalId = prepared((q, p: { accountId: string; externalId: string }) =>
  rows(q)
    .where("account_id", "=", p.accountId)
    .where("external_id", "=", p.externalId)
    .where("kind", "=", "message"),
);

export const messageByExternalId = (q: Queryable, accountId: string, externalId: string) =>
  byExternalId.first(q, { accountId, externalId });

/** The private answer that a comment has had, or is about to have. */
export const privateAnswerTo = (q: Queryable, accountId: string, externalId: string) =>
  rows(q)
    .where("account_id", "=", accountId)
    .where("private_to", "=", externalId)
    .where("state", "not in", ["failed", "removed"])
    .executeTakeFirst();

const byClientId = prepared((q, p: { clientId: string }) =>
  q.db.selectFrom("message").selectAll().where("client_id", "=", p.clientId).orderBy("part"),
);

export const messagesByClientId = (q: Queryable, clientId: string) => byClientId.all(q, { clientId });

/** Newest first, before a place (or from the end). */
export function messagesBefore(
  q: Queryable,
  conversationId: string,
  o: { before?: Place | undefined; limit: number },
): Promise<MessageRow[]> {
  let query = q.db
    .selectFrom("message")
    .selectAll()
    .where("conversation_id", "=", conversationId)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(o.limit);
  if (o.before) query = query.where(beyond(["at", "id"], "<", o.before));
  return query.execute();
}

/** The last message of a person that stands: neither a note nor taken back. */
export const newestMessage = (q: Queryable, conversationId: string, direction?: "in" | "out") => {
  const query = standing(q, conversationId)
    .selectAll()
    .where("author_kind", "<>", "system")
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1);
  return (direction ? query.where("direction", "=", direction) : query).executeTakeFirst();
};

const inbound = prepared((q, p: { conversationId: string }) =>
  standing(q, p.conversationId)
    .select(["text", "attachments"])
    .where("direction", "=", "in")
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1),
);

/** The customer's last words that stand. */
export const newestInbound = (q: Queryable, conversationId: string) => inbound.first(q, { conversationId });

/**
 * The customer's first message of an interaction that nobody has answered: neither an agent here who had it, nor somebody
 * outside after it.
 */
export async function firstUnanswered(q: Queryable, conversationId: string, interactionId: string) {
  const answers = (author: "agent" | "outside") =>
    standing(q, conversationId).where("direction", "=", "out").where("author_kind", "=", author);
  const here = await answers("agent")
    .select((e) => e.fn.max("created_at").as("at"))
    .executeTakeFirst();
  const outside = await answers("outside")
    .select((e) => e.fn.max("at").as("at"))
    .executeTakeFirst();
  return ofKind(q, conversationId)
    .select("created_at")
    .where("direction", "=", "in")
    .where("interaction_id", "=", interactionId)
    .where("created_at", ">", here?.at ?? 0)
    .where("at", ">", outside?.at ?? 0)
    .orderBy("at")
    .limit(1)
    .executeTakeFirst();
}

/** When the last message was, also one that was taken back; null: there is none. */
export async function lastMessageAt(q: Queryable, conversationId: string): Promise<number | null> {
  const last = await ofKind(q, conversationId)
    .select((e) => e.fn.max("at").as("at"))
    .executeTakeFirst();
  return last?.at ?? null;
}

/** The messages of a conversation that quote one by the vendor's id. */
export const quotesOf = (q: Queryable, conversationId: string, externalId: string) =>
  rows(q)
    .where("conversation_id", "=", conversationId)
    .where("reply_to_external_id", "=", externalId)
    .execute();

const ofKind = (q: Queryable, conversationId: string) =>
  q.db.selectFrom("message").where("conversation_id", "=", conversationId).where("kind", "=", "message");

const standing = (q: Queryable, conversationId: string) =>
  ofKind(q, conversationId).where("state", "<>", "removed");

/** Oldest first, after a place. */
export const messagesAfter = (
  q: Queryable,
  conversationId: string,
  { after, limit }: { after: Place; limit: number },
): Promise<MessageRow[]> =>
  q.db
    .selectFrom("message")
    .selectAll()
    .where("conversation_id", "=", conversationId)
    .where(beyond(["at", "id"], ">", after))
    .orderBy("at")
    .orderBy("id")
    .limit(limit)
    .execute();

/** The last that we have sent, or may have sent, of what was written by that time: at most fifty, oldest first. */
export async function lastOutgoing(tx: Tx, conversationId: string, until: number): Promise<MessageRow[]> {
  const newestFirst = await rows(tx)
    .where("conversation_id", "=", conversationId)
    .where("at", "<=", until)
    .where("direction", "=", "out")
    .where("kind", "=", "message")
    .where("author_kind", "<>", "outside")
    .where("state", "<>", "queued")
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(50)
    .execute();
  return newestFirst.reverse();
}

const update = prepared((q, { key, ...change }: Updateable<MessageRow> & { key: string }) =>
  q.db.updateTable("message").set(change).where("id", "=", key),
);

export const updateMessage = (tx: Tx, id: string, change: Updateable<MessageRow>) =>
  update.run(tx, { ...change, key: id });

/**
 * Outgoing messages of a conversation that the vendor had by `until` of its own clock and that are in one of these states.
 * Where the vendor has told no time, the order of sending tells: the vendor had it before one that was sent after it.
 */
export const outgoingUntil = (
  q: Queryable,
  conversationId: string,
  until: number,
  states: readonly string[],
) =>
  rows(q)
    .where("conversation_id", "=", conversationId)
    .where("direction", "=", "out")
    .where("kind", "=", "message")
    .where("state", "in", states)
    .where((e) =>
      e.or([
        e("vendor_at", "<=", until),
        e.and([
          e("vendor_at", "is", null),
          e(
            "at",
            "<",
            e
              .selectFrom("message as later")
              .select((f) => f.fn.max("later.at").as("at"))
              .where("later.conversation_id", "=", conversationId)
              .where("later.direction", "=", "out")
              .where("later.vendor_at", "<=", until),
          ),
        ]),
      ]),
    )
    .orderBy("at", "desc")
    .limit(500)
    .execute();
