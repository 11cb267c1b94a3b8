import type { Card, Customer } from "@tongdai/shared";
import { writeCustomer } from "../../store/customer-links.ts";
import { customerById } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import type { CustomerRow } from "../../store/schema.ts";
import { columnsOf, writeCard } from "./card.ts";
import { noteCard } from "./clues.ts";
import { fullCustomer } from "./present.ts";
import { customerRooms } from "./rooms.ts";

export interface CardsSave {
  /** Locked, all who share a card, the oldest first. */
  readonly members: readonly CustomerRow[];
  /** What is now said of each alone. */
  readonly own: readonly Card[];
  readonly at: number;
  readonly actorId: string | null;
}

/** Saves what is said of customers who share a card, and tells what the card now shows. */
export async function saveCards(tx: Tx, o: CardsSave): Promise<Customer> {
  const [first, ...others] = o.members;
  if (!first) throw new Error("a card is somebody's");
  const said = o.members.map((row, n) => ({ ...row, own: JSON.stringify(o.own[n]) }));
  for (const [n, row] of others.entries()) {
    const card = o.own[n + 1];
    if (card) await writeCustomer(tx, row.id, columnsOf(card));
  }
  for (const [n, row] of o.members.entries()) {
    const card = o.own[n];
    if (card) await noteCard(tx, { homeId: row.id, card, at: o.at });
  }
  await writeCard(tx, said, first.version + 1);
  const row = await customerById(tx, first.id);
  if (!row) throw new Error("a customer that was just written is there");
  const customer = await fullCustomer(tx, row);
  tx.journal({
    name: "customer.updated",
    at: o.at,
    actorId: o.actorId,
    scopes: await customerRooms(tx, first.id),
    data: { customer },
    refs: { customerId: first.id },
  });
  return customer;
}
