import type { Insertable, Updateable } from "kysely";
import { prepared } from "./prepared.ts";
import type { InteractionRow, OfferRow } from "./schema.ts";
import { inSight, type Sight } from "./sight.ts";
import type { Queryable, Tx } from "./store.ts";

const byId = prepared((q, p: { id: string }) =>
  q.db.selectFrom("interaction").selectAll().where("id", "=", p.id),
);

export const interactionById = (q: Queryable, id: string) => byId.first(q, { id });

const lastClosed = prepared((q, p: { conversationId: string }) =>
  q.db
    .selectFrom("interaction")
    .selectAll()
    .where("conversation_id", "=", p.conversationId)
    .where("state", "=", "closed")
    .orderBy("opened_at", "desc")
    .limit(1),
);

export const lastClosedInteraction = (q: Queryable, conversationId: string) =>
  lastClosed.first(q, { conversationId });

/** The newest interactions of a conversation. */
export async function newestInteractionIds(q: Queryable, conversationId: string, limit: number) {
  const rows = await q.db
    .selectFrom("interaction")
    .select("id")
    .where("conversation_id", "=", conversationId)
    .orderBy("opened_at", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** A ticket's interactions and those that are open of its customer, as far as their conversations are in sight. */
export const talksOfTicket = (q: Queryable, o: { ticketId: string; customerId: string; sight: Sight }) =>
  q.db
    .selectFrom("interaction as i")
    .innerJoin("conversation as c", "c.id", "i.conversation_id")
    .select(["i.id", "i.conversation_id", "i.channel", "c.account_id"])
    .select((e) => e.fn.coalesce("i.closed_at", "c.last_message_at").as("at"))
    .where("c.customer_id", "=", o.customerId)
    .where((e) =>
      e.or([
        e("i.state", "<>", "closed"),
        e(
          "i.id",
          "in",
          e.selectFrom("ticket_interaction").select("interaction_id").where("ticket_id", "=", o.ticketId),
        ),
      ]),
    )
    .where(inSight("c", o.sight))
    .orderBy("at", "desc")
    .orderBy("i.id", "desc")
    .execute();

const insert = prepared((q, row: Insertable<InteractionRow>) =>
  q.db
    .insertInto("interaction")
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning("id"),
);

/** False when the conversation has an open interaction already. */
export async function insertInteraction(tx: Tx, row: Insertable<InteractionRow>): Promise<boolean> {
  return (await insert.first(tx, row)) !== undefined;
}

const update = prepared(
  (q, { key, was, ...change }: Updateable<InteractionRow> & { key: string; was: number }) =>
    q.db.updateTable("interaction").set(change).where("id", "=", key).where("version", "=", was),
);

/** Compare-and-set: false when somebody changed the interaction since it was read. Adds one to the version. */
export async function updateInteraction(
  tx: Tx,
  was: Pick<InteractionRow, "id" | "version">,
  change: Updateable<InteractionRow>,
): Promise<boolean> {
  const version = was.version + 1;
  return (await update.run(tx, { ...change, version, key: was.id, was: was.version })) === 1;
}

/** Waiting work that is meant for one person only. */
export const namedWork = (tx: Tx, userId: string) =>
  tx.db
    .selectFrom("interaction")
    .select(["id", "queue_id"])
    .where("transferred_to", "=", userId)
    .where("state", "=", "waiting")
    .execute();

/** It is anybody's again, from a time on. */
export const releaseNamedWork = (
  tx: Tx,
  ids: readonly string[],
  o: { heldUntil: number | null; waitReason: string | null },
) =>
  tx.db
    .updateTable("interaction")
    .set({ transferred_to: null, held_until: o.heldUntil, wait_reason: o.waitReason, look_again: 1 })
    .where("id", "in", ids)
    .where("state", "=", "waiting")
    .execute();

/** A queue's waiting work is no longer meant first for somebody. */
export const forgetLastAgent = (tx: Tx, o: { queueId: string; userId: string }) =>
  tx.db
    .updateTable("interaction")
    .set({ last_agent_id: null })
    .where("last_agent_id", "=", o.userId)
    .where("queue_id", "=", o.queueId)
    .where("state", "=", "waiting")
    .execute();

export const interactionsOwnedBy = (q: Queryable, userId: string) =>
  q.db
    .selectFrom("interaction")
    .selectAll()
    .where("owner_id", "=", userId)
    .where("state", "<>", "closed")
    .execute();

const offer = prepared((q, row: Insertable<OfferRow>) => q.db.insertInto("offer").values(row));

export const insertOffer = (tx: Tx, row: Insertable<OfferRow>) => offer.run(tx, row);

const offerWithId = prepared((q, p: { id: string }) =>
  q.db.selectFrom("offer").selectAll().where("id", "=", p.id),
);

export const offerById = (q: Queryable, id: string) => offerWithId.first(q, { id });

const openOffer = prepared((q, p: { interactionId: string }) =>
  q.db
    .selectFrom("offer")
    .selectAll()
    .where("interaction_id", "=", p.interactionId)
    .where("state", "=", "open"),
);

export const openOfferOf = (q: Queryable, interactionId: string) => openOffer.first(q, { interactionId });

const offersTo = prepared((q, p: { userId: string }) =>
  q.db.selectFrom("offer").selectAll().where("user_id", "=", p.userId).where("state", "=", "open"),
);

export const openOffersTo = (q: Queryable, userId: string) => offersTo.all(q, { userId });

/** Ids of the conversations whose work is offered to somebody now. */
export async function conversationsOfferedTo(q: Queryable, userId: string): Promise<string[]> {
  const rows = await q.db
    .selectFrom("offer as o")
    .innerJoin("interaction as i", "i.id", "o.interaction_id")
    .select("i.conversation_id")
    .where("o.user_id", "=", userId)
    .where("o.state", "=", "open")
    .execute();
  return rows.map((r) => r.conversation_id);
}

const closeOffer = prepared((q, p: { key: string; ending: string }) =>
  q.db.updateTable("offer").set({ state: p.ending }).where("id", "=", p.key).where("state", "=", "open"),
);

/** Compare-and-set from `open`: false when the offer has ended already. */
export const endOffer = async (tx: Tx, id: string, state: string): Promise<boolean> =>
  (await closeOffer.run(tx, { key: id, ending: state })) === 1;
