import { type Card, mergedCard } from "@tongdai/shared";
import { z } from "zod";
import { moveToCard, writeCustomer } from "../../store/customer-links.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import type { CustomerRow } from "../../store/schema.ts";
import { customerWords } from "./folded.ts";
import { attributesOf, tagsOf } from "./present.ts";

const Own = z.object({
  name: z.string(),
  attributes: z.record(z.string(), z.string()),
  tags: z.array(z.string()),
  ownerId: z.string().nullable(),
});

/** What a row's columns say. */
export const shownCard = (row: CustomerRow): Card => ({
  name: row.name,
  attributes: attributesOf(row),
  tags: tagsOf(row),
  ownerId: row.owner_id,
});

/** What is said of this customer alone. */
export const ownCard = (row: CustomerRow): Card =>
  row.own === null ? shownCard(row) : fromJson(Own, row.own);

export const columnsOf = (card: Card) => ({
  name: card.name,
  attributes: JSON.stringify(card.attributes),
  tags: JSON.stringify(card.tags),
  owner_id: card.ownerId,
});

export interface Formed {
  readonly cardId: string;
  readonly tickets: { ticketId: string; customerId: string }[];
}

/**
 * One card for these customers, the oldest one's, and everything that came with them on it. What comes of it depends on who
 * they are only.
 * @param members locked, the oldest first
 */
export async function formCard(tx: Tx, members: readonly CustomerRow[]): Promise<Formed> {
  const [first, ...others] = members;
  if (!first) throw new Error("a card is somebody's");
  const version = Math.max(...members.map((m) => m.version)) + 1;
  for (const m of others)
    await writeCustomer(tx, m.id, {
      ...columnsOf(ownCard(m)),
      own: null,
      linked_to: first.id,
      // Nobody is found under a card that is not theirs.
      folded: "",
      version,
    });
  await writeCard(tx, members, version);
  const moved = await moveToCard(
    tx,
    members.map((m) => m.id),
    first.id,
  );
  return { cardId: first.id, tickets: moved.map((ticketId) => ({ ticketId, customerId: first.id })) };
}

/** Writes what the oldest of some linked customers shows for all of them. */
export async function writeCard(tx: Tx, members: readonly CustomerRow[], version: number): Promise<void> {
  const [first] = members;
  if (!first) return;
  const own = members.map(ownCard);
  const card = mergedCard(own);
  await writeCustomer(tx, first.id, {
    ...columnsOf(card),
    own: members.length === 1 ? null : JSON.stringify(own[0]),
    linked_to: null,
    folded: customerWords(card),
    version,
  });
}
