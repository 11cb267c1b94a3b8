import type { Updateable } from "kysely";
import type { CustomerRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

/** Who has the card that this customer is shown on; `null`: there is no such customer. */
export async function cardOf(q: Queryable, customerId: string): Promise<string | null> {
  const row = await q.db
    .selectFrom("customer")
    .select(["id", "linked_to"])
    .where("id", "=", customerId)
    .executeTakeFirst();
  return row ? (row.linked_to ?? row.id) : null;
}

/** All who are shown on a card, the one that has it among them, the oldest first. */
export async function membersOf(q: Queryable, cardId: string): Promise<string[]> {
  const rows = await q.db
    .selectFrom("customer")
    .select("id")
    .where((e) => e.or([e("id", "=", cardId), e("linked_to", "=", cardId)]))
    .orderBy("id")
    .execute();
  return rows.map((r) => r.id);
}

export const writeCustomer = (tx: Tx, id: string, change: Updateable<CustomerRow>) =>
  tx.db.updateTable("customer").set(change).where("id", "=", id).execute();

/** The customers that were made with these identities. */
export async function homesOf(q: Queryable, identityIds: readonly string[]): Promise<string[]> {
  const rows = await q.db
    .selectFrom("identity")
    .select("home_id")
    .distinct()
    .where("id", "in", identityIds)
    .orderBy("home_id")
    .execute();
  return rows.map((r) => r.home_id);
}

/** The customer that was made with a conversation's identity. */
export async function homeOfConversation(q: Queryable, conversationId: string): Promise<string> {
  const row = await q.db
    .selectFrom("conversation as c")
    .innerJoin("identity as d", "d.id", "c.identity_id")
    .select("d.home_id")
    .where("c.id", "=", conversationId)
    .executeTakeFirstOrThrow();
  return row.home_id;
}

/**
 * Puts what came with these customers on one card: identities, conversations, their interactions, tickets.
 * @returns the tickets that were on another one
 */
export async function moveToCard(tx: Tx, homeIds: readonly string[], cardId: string): Promise<string[]> {
  const identities = tx.db.selectFrom("identity").select("id").where("home_id", "in", homeIds);
  const customer_id = cardId;
  await tx.db
    .updateTable("identity")
    .set({ customer_id })
    .where("home_id", "in", homeIds)
    .where("customer_id", "<>", cardId)
    .execute();
  // The conversation before its interactions: whoever has it in hand has opened theirs by then.
  await tx.db
    .updateTable("conversation")
    .set({ customer_id })
    .where("identity_id", "in", identities)
    .where("customer_id", "<>", cardId)
    .execute();
  await tx.db
    .updateTable("interaction")
    .set({ customer_id })
    .where(
      "conversation_id",
      "in",
      tx.db.selectFrom("conversation").select("id").where("identity_id", "in", identities),
    )
    .where("customer_id", "<>", cardId)
    .execute();
  const tickets = await tx.db
    .updateTable("ticket")
    .set({ customer_id })
    .where("home_id", "in", homeIds)
    .where("customer_id", "<>", cardId)
    .returning("id")
    .execute();
  return tickets.map((t) => t.id);
}
