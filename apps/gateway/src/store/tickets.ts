import { maskText } from "@tongdai/shared";
import type { Insertable, Updateable } from "kysely";
import { breathe, WINDOW } from "./breathe.ts";
import { beyond, type Place } from "./place.ts";
import type { InteractionRow, TicketCommentRow, TicketRow } from "./schema.ts";
import { inSight, type Sight } from "./sight.ts";
import type { Queryable, Tx } from "./store.ts";

const joined = (q: Queryable) =>
  q.db
    .selectFrom("ticket as t")
    .innerJoin("customer as c", "c.id", "t.customer_id")
    .selectAll("t")
    .select("c.name as customer_name");

/** A ticket with its customer's name. */
export type TicketView = TicketRow & { customer_name: string };

export const ticketById = (q: Queryable, id: string): Promise<TicketView | undefined> =>
  joined(q).where("t.id", "=", id).executeTakeFirst();

export const ticketByClientId = (q: Queryable, clientId: string): Promise<TicketView | undefined> =>
  joined(q).where("t.client_id", "=", clientId).executeTakeFirst();

/** Keeps others from changing a ticket until the commit; false when there is none. */
export async function lockTicket(tx: Tx, id: string): Promise<boolean> {
  const locked = await tx.db
    .updateTable("ticket")
    .set((e) => ({ version: e.ref("version") }))
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return locked !== undefined;
}

const NUMBER = "ticket_number";

/**
 * The number given out last. It is the caller's until the commit: whoever else asks waits, and then sees what was taken.
 * So no number is given twice and, since a failed work gives it back, none is left out.
 */
export async function lastTicketNumber(tx: Tx): Promise<number> {
  const { value } = await tx.db
    .insertInto("setting")
    .values({ key: NUMBER, value: "0" })
    .onConflict((c) => c.column("key").doUpdateSet((e) => ({ value: e.ref("setting.value") })))
    .returning("value")
    .executeTakeFirstOrThrow();
  return Number(value);
}

/** @param row with the number after `lastTicketNumber`, read in the same work */
export async function insertTicket(tx: Tx, row: Insertable<TicketRow>): Promise<void> {
  await tx.db.insertInto("ticket").values(row).execute();
  await tx.db
    .updateTable("setting")
    .set({ value: String(row.number) })
    .where("key", "=", NUMBER)
    .execute();
}

export type TicketChange = Updateable<TicketRow>;

export const updateTicket = (tx: Tx, id: string, change: TicketChange) =>
  tx.db.updateTable("ticket").set(change).where("id", "=", id).execute();

/** Ids of the linked interactions, the first linked first, by ticket. */
export async function linksOf(q: Queryable, ticketIds: readonly string[]): Promise<Map<string, string[]>> {
  if (ticketIds.length === 0) return new Map();
  const rows = await q.db
    .selectFrom("ticket_interaction")
    .selectAll()
    .where("ticket_id", "in", ticketIds)
    .orderBy("interaction_id")
    .execute();
  const byTicket = Map.groupBy(rows, (r) => r.ticket_id);
  return new Map([...byTicket].map(([id, links]) => [id, links.map((l) => l.interaction_id)]));
}

/** False when they were linked already. */
export async function insertLink(tx: Tx, ticketId: string, interactionId: string): Promise<boolean> {
  const inserted = await tx.db
    .insertInto("ticket_interaction")
    .values({ ticket_id: ticketId, interaction_id: interactionId })
    .onConflict((c) => c.doNothing())
    .returning("ticket_id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** False when they were not linked. */
export async function deleteLink(tx: Tx, ticketId: string, interactionId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom("ticket_interaction")
    .where("ticket_id", "=", ticketId)
    .where("interaction_id", "=", interactionId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The oldest ticket that an interaction is linked to. */
export const ticketOfInteraction = (q: Queryable, interactionId: string): Promise<TicketView | undefined> =>
  joined(q)
    .innerJoin("ticket_interaction as l", "l.ticket_id", "t.id")
    .where("l.interaction_id", "=", interactionId)
    .orderBy("t.number")
    .limit(1)
    .executeTakeFirst();

/** What the customer said first in an interaction, or the customer's name as everybody may read it. */
export async function matterOf(q: Queryable, interaction: InteractionRow): Promise<string> {
  const message = await q.db
    .selectFrom("message")
    .select("text")
    .where("conversation_id", "=", interaction.conversation_id)
    .where("interaction_id", "=", interaction.id)
    .where("direction", "=", "in")
    .where("state", "<>", "removed")
    .where("text", "<>", "")
    .orderBy("at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  if (message) return message.text;
  const customer = await q.db
    .selectFrom("customer")
    .select("name")
    .where("id", "=", interaction.customer_id)
    .executeTakeFirst();
  return maskText(customer?.name ?? "");
}

/** The queue of the customer's newest conversation among those that the user may see. */
export async function newestQueueOf(q: Queryable, customerId: string, sight: Sight): Promise<string | null> {
  const row = await q.db
    .selectFrom("conversation")
    .select("queue_id")
    .where("customer_id", "=", customerId)
    .where(inSight("conversation", sight))
    .orderBy("last_message_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.queue_id ?? null;
}

export interface TicketSearch {
  readonly sight: Sight;
  readonly statuses?: readonly string[] | undefined;
  readonly priorities?: readonly string[] | undefined;
  /** `null`: nobody's. */
  readonly ownerId?: string | null | undefined;
  readonly customerId?: string | undefined;
  /** Promised for before this time and not done. */
  readonly overdueAt?: number | undefined;
  /** Beginnings of words of the subject, the number or the customer; each must be there. */
  readonly words: readonly string[];
  readonly before?: Place | undefined;
  readonly limit: number;
}

/** The newest change first. */
export async function listTickets(q: Queryable, s: TicketSearch): Promise<TicketView[]> {
  const lists = await Promise.all(inIndexOrder(s).map((one) => walk(q, one)));
  return lists
    .flat()
    .sort((a, b) => b.updated_at - a.updated_at || (a.id < b.id ? 1 : -1))
    .slice(0, s.limit);
}

/** Searches whose order an index has: one owner's tickets, or those of one status each. */
const inIndexOrder = (s: TicketSearch): TicketSearch[] =>
  s.ownerId === undefined && s.statuses
    ? [...new Set(s.statuses)].map((status) => ({ ...s, statuses: [status] }))
    : [s];

/** On SQLite in windows: a word that few tickets have would else hold the process for all of them. */
async function walk(q: Queryable, s: TicketSearch): Promise<TicketView[]> {
  if (q.engine === "postgres") return rowsOf(q, s);
  const found: TicketView[] = [];
  let before = s.before;
  do {
    const until = await edgeOf(q, { ...s, before });
    found.push(...(await rowsOf(q, { ...s, before, until, limit: s.limit - found.length })));
    before = until;
    await breathe();
  } while (before && found.length < s.limit);
  return found;
}

/** The last place of the window that starts after a place; `undefined`: the list ends within it. */
async function edgeOf(q: Queryable, { before, ownerId, statuses }: TicketSearch): Promise<Place | undefined> {
  let query = q.db
    .selectFrom("ticket as t")
    .select(["t.updated_at as at", "t.id"])
    .orderBy("t.updated_at", "desc")
    .orderBy("t.id", "desc")
    .limit(1)
    .offset(WINDOW - 1);
  if (ownerId !== undefined) query = query.where("t.owner_id", ownerId === null ? "is" : "=", ownerId);
  else if (statuses) query = query.where("t.status", "in", statuses);
  if (before) query = query.where(beyond(["t.updated_at", "t.id"], "<", before));
  return query.executeTakeFirst();
}

function rowsOf(q: Queryable, s: TicketSearch & { until?: Place | undefined }): Promise<TicketView[]> {
  const { before, until } = s;
  let query = joined(q)
    .where(inSight("t", s.sight))
    .orderBy("t.updated_at", "desc")
    .orderBy("t.id", "desc")
    .limit(s.limit);
  if (s.statuses)
    query = query.where((e) => (s.statuses?.length ? e("t.status", "in", s.statuses) : e.lit(false)));
  if (s.priorities)
    query = query.where((e) => (s.priorities?.length ? e("t.priority", "in", s.priorities) : e.lit(false)));
  if (s.ownerId === null) query = query.where("t.owner_id", "is", null);
  else if (s.ownerId !== undefined) query = query.where("t.owner_id", "=", s.ownerId);
  if (s.customerId) query = query.where("t.customer_id", "=", s.customerId);
  if (s.overdueAt !== undefined)
    query = query.where("t.due_at", "<", s.overdueAt).where("t.status", "not in", ["solved", "closed"]);
  for (const word of s.words)
    query = query.where((e) =>
      e.or(
        (["t.folded", "c.folded"] as const).flatMap((column) => [
          e(column, "like", `${word}%`),
          e(column, "like", `% ${word}%`),
        ]),
      ),
    );
  if (before) query = query.where(beyond(["t.updated_at", "t.id"], "<", before));
  if (until)
    query = query
      .where("t.updated_at", ">=", until.at)
      .where((e) => e.or([e("t.updated_at", ">", until.at), e("t.id", ">=", until.id)]));
  return query.execute();
}

/** False when this command has left its comment already. */
export async function insertComment(tx: Tx, row: Insertable<TicketCommentRow>): Promise<boolean> {
  const inserted = await tx.db
    .insertInto("ticket_comment")
    .values(row)
    .onConflict((c) => c.column("client_id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

export const commentByClientId = (q: Queryable, clientId: string) =>
  q.db.selectFrom("ticket_comment").selectAll().where("client_id", "=", clientId).executeTakeFirst();

/** The oldest first. */
export const commentsOf = (q: Queryable, ticketId: string) =>
  q.db
    .selectFrom("ticket_comment")
    .selectAll()
    .where("ticket_id", "=", ticketId)
    .orderBy("at")
    .orderBy("id")
    .execute();
