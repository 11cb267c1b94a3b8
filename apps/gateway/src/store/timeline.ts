import type { EventName } from "@tongdai/shared";
import { inSight, type Sight } from "./sight.ts";
import type { Queryable } from "./store.ts";

export interface TimelineQuery {
  /** All who are shown on one card. */
  readonly customerIds: readonly string[];
  readonly names: readonly EventName[];
  readonly sight: Sight;
  readonly ticketSight: Sight;
  /** Rows before this number. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What the journal holds of one customer, newest first, without conversations and tickets that the reader may not see. */
export function timelineRows(q: Queryable, t: TimelineQuery) {
  let query = q.db
    .selectFrom("journal as j")
    .leftJoin("conversation as c", "c.id", "j.conversation_id")
    .leftJoin("ticket as t", "t.id", "j.ticket_id")
    .select(["j.seq", "j.at", "j.name", "j.actor_id", "j.data", "j.interaction_id"])
    .where("j.customer_id", "in", t.customerIds)
    .where("j.name", "in", t.names)
    .where((e) =>
      e.and([
        e.or([e("j.conversation_id", "is", null), inSight("c", t.sight)]),
        e.or([e("j.ticket_id", "is", null), inSight("t", t.ticketSight)]),
      ]),
    )
    .orderBy("j.seq", "desc")
    .limit(t.limit);
  if (t.before !== undefined) query = query.where("j.seq", "<", t.before);
  return query.execute();
}

export type TimelineRow = Awaited<ReturnType<typeof timelineRows>>[number];

export const messagesNow = (q: Queryable, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : q.db.selectFrom("message").select(["id", "text", "state"]).where("id", "in", ids).execute();

/** What the journal holds of one ticket, oldest first: the newest `limit` of it. */
export async function ticketJournal(q: Queryable, ticketId: string, limit: number) {
  const rows = await q.db
    .selectFrom("journal")
    .select(["seq", "at", "name", "actor_id", "data"])
    .where("ticket_id", "=", ticketId)
    .orderBy("seq", "desc")
    .limit(limit)
    .execute();
  return rows.reverse();
}
