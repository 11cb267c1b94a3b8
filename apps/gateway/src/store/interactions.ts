import type { Insertable, Updateable } from "kysely";
import type { InteractionRow, OfferRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const interactionById = (q: Queryable, id: string) =>
  q.db.selectFrom("interaction").selectAll().where("id", "=", id).executeTakeFirst();

export const lastClosedInteraction = (q: Queryable, conversationId: string) =>
  q.db
    .selectFrom("interaction")
    .selectAll()
    .where("conversation_id", "=", conversationId)
    .where("state", "=", "closed")
    .orderBy("opened_at", "desc")
    .limit(1)
    .executeTakeFirst();

/** False when the conversation has an open interaction already. */
export async function insertInteraction(tx: Tx, row: Insertable<InteractionRow>): Promise<boolean> {
  const inserted = await tx.db
    .insertInto("interaction")
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Compare-and-set: false when somebody changed the interaction since it was read. Adds one to the version. */
export async function updateInteraction(
  tx: Tx,
  was: Pick<InteractionRow, "id" | "version">,
  change: Updateable<InteractionRow>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("interaction")
    .set({ ...change, version: was.version + 1 })
    .where("id", "=", was.id)
    .where("version", "=", was.version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Waiting work that was meant for one person only is anybody's again. */
export const releasePreferred = (tx: Tx, userId: string) =>
  tx.db
    .updateTable("interaction")
    .set({ preferred_only: 0, preferred_agent_id: null, wait_reason: null })
    .where("preferred_agent_id", "=", userId)
    .where("preferred_only", "=", 1)
    .where("state", "=", "waiting")
    .execute();

export const interactionsOwnedBy = (q: Queryable, userId: string) =>
  q.db
    .selectFrom("interaction")
    .selectAll()
    .where("owner_id", "=", userId)
    .where("state", "<>", "closed")
    .execute();

export const insertOffer = (tx: Tx, row: Insertable<OfferRow>) =>
  tx.db.insertInto("offer").values(row).execute();

export const offerById = (q: Queryable, id: string) =>
  q.db.selectFrom("offer").selectAll().where("id", "=", id).executeTakeFirst();

export const openOfferOf = (q: Queryable, interactionId: string) =>
  q.db
    .selectFrom("offer")
    .selectAll()
    .where("interaction_id", "=", interactionId)
    .where("state", "=", "open")
    .executeTakeFirst();

export const openOffersTo = (q: Queryable, userId: string) =>
  q.db.selectFrom("offer").selectAll().where("user_id", "=", userId).where("state", "=", "open").execute();

/** Compare-and-set from `open`: false when the offer has ended already. */
export async function endOffer(tx: Tx, id: string, state: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("offer")
    .set({ state })
    .where("id", "=", id)
    .where("state", "=", "open")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
