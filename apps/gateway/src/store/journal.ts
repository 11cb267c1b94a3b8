import type { EventData, EventName } from "@tongdai/shared";
import { sql } from "kysely";
import { prepared } from "./prepared.ts";
import type { Entry, Queryable } from "./store.ts";

const columns = ["seq", "at", "name", "actor_id", "scopes", "data"] as const;

interface Row {
  seq: number;
  at: number;
  name: string;
  actor_id: string | null;
  scopes: string;
  data: string;
}

const after = prepared((q, p: { seq: number; limit: number }) =>
  q.db.selectFrom("journal").select(columns).where("seq", ">", p.seq).orderBy("seq").limit(p.limit),
);

/** Journal rows after a number, oldest first, at most `limit`. */
export async function entriesAfter(q: Queryable, seq: number, limit: number): Promise<Entry[]> {
  return (await after.all(q, { seq, limit })).map(toEntry);
}

const news = prepared((q, p: { seq: number; limit: number }) =>
  q.db
    .selectFrom("journal")
    .select([
      "seq",
      "name",
      (e) => e.case().when("name", "=", "agent.changed").then(e.ref("data")).end().as("data"),
    ])
    .where("seq", ">", p.seq)
    .orderBy("seq")
    .limit(p.limit),
);

/** What was told after a number, oldest first: the name, and of `agent.changed` whom it is about. */
export async function newsAfter(
  q: Queryable,
  seq: number,
  limit: number,
): Promise<{ seq: number; name: string; agentId: string | null }[]> {
  return (await news.all(q, { seq, limit })).map(({ data, ...row }) => ({
    ...row,
    agentId: data === null ? null : (JSON.parse(data) as EventData<"agent.changed">).agent.userId,
  }));
}

/** The number of the newest entry, 0 before the first. */
export async function headOf(q: Queryable): Promise<number> {
  const row = await q.db
    .selectFrom("journal")
    .select((e) => e.fn.max("seq").as("seq"))
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** When an entry was made; `null`: there is none of this number. */
export async function entryTime(q: Queryable, seq: number): Promise<number | null> {
  const row = await q.db.selectFrom("journal").select("at").where("seq", "=", seq).executeTakeFirst();
  return row?.at ?? null;
}

/** When the newest entry was made. */
export async function newestEntryTime(q: Queryable): Promise<number | null> {
  const row = await q.db
    .selectFrom("journal")
    .select("at")
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** What the journal holds of some interactions under these names, oldest first: the newest `limit` of it. */
export async function entriesOfInteractions(
  q: Queryable,
  o: { interactionIds: readonly string[]; names: readonly EventName[]; limit: number },
): Promise<Entry[]> {
  if (o.interactionIds.length === 0) return [];
  const rows = await q.db
    .selectFrom("journal")
    .select(columns)
    .where("interaction_id", "in", o.interactionIds)
    .where("name", "in", o.names)
    .orderBy("seq", "desc")
    .limit(o.limit)
    .execute();
  return rows.reverse().map(toEntry);
}

/** The newest row of an interaction with one of these names. */
export function lastEntry(
  names: readonly EventName[],
): (q: Queryable, interactionId: string) => Promise<Entry | undefined> {
  const newest = prepared((q, p: { interactionId: string }) =>
    q.db
      .selectFrom("journal")
      .select(columns)
      .where("interaction_id", "=", p.interactionId)
      .where("name", "in", names)
      .orderBy("seq", "desc")
      .limit(1),
  );
  return async (q, interactionId) => {
    const row = await newest.first(q, { interactionId });
    return row && toEntry(row);
  };
}

/** What supervisors were told of agents since a time, newest first. Written out, not bound, as the index has it. */
export async function noticesSince(q: Queryable, at: number, limit: number): Promise<Entry[]> {
  const rows = await q.db
    .selectFrom("journal")
    .select(columns)
    .where(sql<boolean>`name in ('agent.departed', 'agent.overstayed')`)
    .where("at", ">=", at)
    .orderBy("seq", "desc")
    .limit(limit)
    .execute();
  return rows.map(toEntry);
}

/** What we wrote there ourselves: names and scopes are ours, the data is the event's. */
const toEntry = (r: Row): Entry => ({
  seq: r.seq,
  at: r.at,
  name: r.name as EventName,
  actorId: r.actor_id,
  scopes: JSON.parse(r.scopes) as string[],
  data: JSON.parse(r.data) as unknown,
});
