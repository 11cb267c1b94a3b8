import type { EventName } from "@tongdai/shared";
import type { Entry, Queryable } from "./store.ts";

/** Journal rows after a number, oldest first, at most `limit`. */
export async function entriesAfter(q: Queryable, after: number, limit: number): Promise<Entry[]> {
  const rows = await q.db
    .selectFrom("journal")
    .select(["seq", "at", "name", "actor_id", "scopes", "data"])
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(limit)
    .execute();
  return rows.map((r) => ({
    seq: r.seq,
    at: r.at,
    name: r.name as EventName,
    actorId: r.actor_id,
    scopes: JSON.parse(r.scopes) as string[],
    data: JSON.parse(r.data) as unknown,
  }));
}

