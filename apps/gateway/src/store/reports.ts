import type { ReportChanges, ReportEntry, ReportSegment, ReportStretch } from "@tongdai/shared";
import { type EventName, emptyCarry, type ReportCarry } from "@tongdai/shared";
import { sql } from "kysely";
import { beyond, type NumberedPlace } from "./place.ts";
import type { Queryable, Tx } from "./store.ts";

/** Journal rows of a stretch of numbers under some names, oldest first, so many at most. */
export async function reportEntries(
  q: Queryable,
  o: { after: number; upto: number; names: readonly EventName[]; limit: number },
): Promise<ReportEntry[]> {
  const rows = await q.db
    .selectFrom("journal")
    .select(["seq", "at", "name", "actor_id", "interaction_id", "data"])
    .where("seq", ">", o.after)
    .where("seq", "<=", o.upto)
    .where("name", "in", o.names)
    .orderBy("seq")
    .limit(o.limit)
    .execute();
  return rows.map((r) => ({
    seq: r.seq,
    at: r.at,
    name: r.name as EventName,
    actorId: r.actor_id,
    interactionId: r.interaction_id,
    data: JSON.parse(r.data) as unknown,
  }));
}

/** Whom some journal rows are about. */
export interface ReportSubjects {
  readonly interactionIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly userIds: readonly string[];
}

/** What rows about these can change. */
export async function reportCarry(q: Queryable, of: ReportSubjects): Promise<ReportCarry> {
  const carry = emptyCarry();
  const segments = q.db.selectFrom("report_segment as s").select("s.data");
  // Written out, not bound: a partial index is used only when its condition can be read.
  const open = await some(of.interactionIds, (ids) =>
    segments.where(sql<boolean>`s.state = 'open'`).where("s.interaction_id", "in", ids).execute(),
  );
  for (const s of open.map(toSegment)) carry.open.set(s.interactionId, s);
  const newest = sql`(select max(t.end_id) from report_segment t where t.state = 'closed' and t.customer_id = s.customer_id)`;
  const closed = await some(of.customerIds, (ids) =>
    segments
      .where(sql<boolean>`s.state = 'closed'`)
      .where("s.customer_id", "in", ids)
      .where(sql<boolean>`s.end_id = ${newest}`)
      .execute(),
  );
  for (const s of closed.map(toSegment)) carry.closed.set(s.customerId, s);
  const lasting = await some(of.userIds, (ids) =>
    q.db
      .selectFrom("report_stretch")
      .select("data")
      .where("ended_at", "is", null)
      .where("user_id", "in", ids)
      .execute(),
  );
  for (const s of lasting.map(toStretch)) carry.stretches.set(s.userId, s);
  return carry;
}

const some = <T>(ids: readonly string[], ask: (ids: readonly string[]) => Promise<T[]>): Promise<T[]> =>
  ids.length === 0 ? Promise.resolve([]) : ask(ids);

/**
 * Writes facts, the older first: one of a kind goes on at a time, so what ended must end before the next begins.
 * @param upto the journal's number up to which they are reckoned
 */
export async function saveFacts(tx: Tx, changes: ReportChanges, upto: number): Promise<void> {
  const segments = [...changes.segments.values()].map((s) => ({
    id: s.id,
    arrived_at: s.arrivedAt,
    interaction_id: s.interactionId,
    customer_id: s.customerId,
    state: s.outcome ?? "open",
    end_id: s.endId,
    changed_seq: upto,
    data: JSON.stringify(s),
  }));
  if (segments.length > 0)
    await tx.db
      .insertInto("report_segment")
      .values(segments)
      .onConflict((c) =>
        c.column("id").doUpdateSet((e) => ({
          state: e.ref("excluded.state"),
          end_id: e.ref("excluded.end_id"),
          changed_seq: e.ref("excluded.changed_seq"),
          data: e.ref("excluded.data"),
        })),
      )
      .execute();
  const stretches = [...changes.stretches.values()].map((s) => ({
    id: s.id,
    user_id: s.userId,
    began_at: s.from,
    ended_at: s.until,
    changed_seq: upto,
    data: JSON.stringify(s),
  }));
  if (stretches.length > 0)
    await tx.db
      .insertInto("report_stretch")
      .values(stretches)
      .onConflict((c) =>
        c.column("id").doUpdateSet((e) => ({
          ended_at: e.ref("excluded.ended_at"),
          changed_seq: e.ref("excluded.changed_seq"),
          data: e.ref("excluded.data"),
        })),
      )
      .execute();
}

/** Forgets some facts. @returns whether there were any */
export async function forgetFacts(tx: Tx, limit: number): Promise<boolean> {
  const segments = tx.db.selectFrom("report_segment").select("id").limit(limit);
  const stretches = tx.db.selectFrom("report_stretch").select("id").limit(limit);
  const gone = [
    await tx.db.deleteFrom("report_segment").where("id", "in", segments).executeTakeFirst(),
    await tx.db.deleteFrom("report_stretch").where("id", "in", stretches).executeTakeFirst(),
  ];
  return gone.some((g) => g.numDeletedRows > 0n);
}

export interface FactPage {
  /** From (included) to (not), epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Goes on behind this place. */
  readonly after?: NumberedPlace | undefined;
  readonly way: "oldest" | "newest";
  readonly limit: number;
}

/** Segments that arrived in a time, by when. */
export const segmentsWithin = async (q: Queryable, o: FactPage): Promise<ReportSegment[]> =>
  (await within(q, { table: "report_segment", time: "arrived_at" }, o)).map(toSegment);

/** Stretches that began in a time, by when. */
export const stretchesWithin = async (q: Queryable, o: FactPage): Promise<ReportStretch[]> =>
  (await within(q, { table: "report_stretch", time: "began_at" }, o)).map(toStretch);

type Facts =
  | { readonly table: "report_segment"; readonly time: "arrived_at" }
  | { readonly table: "report_stretch"; readonly time: "began_at" };

function within(q: Queryable, { table, time }: Facts, o: FactPage): Promise<{ data: string }[]> {
  const { ref } = q.db.dynamic;
  const way = o.way === "oldest" ? "asc" : "desc";
  let query = q.db
    .selectFrom(table)
    .select("data")
    .where(ref(time), ">=", o.from)
    .where(ref(time), "<", o.to)
    .orderBy(ref(time), way)
    .orderBy("id", way)
    .limit(o.limit);
  if (o.after) query = query.where(beyond([time, "id"], o.way === "oldest" ? ">" : "<", o.after));
  return query.execute();
}

export interface ChangedPage {
  /** Facts that were last written with the journal read from behind one number up to another. */
  readonly after: number;
  readonly upto: number;
  /** Goes on behind this fact. */
  readonly behindId: number;
  readonly limit: number;
}

/** Segments that were changed, in the order of their beginning. */
export const changedSegments = async (q: Queryable, page: ChangedPage): Promise<ReportSegment[]> =>
  (await changed(q, "report_segment", page)).map(toSegment);

/** The same of stretches. */
export const changedStretches = async (q: Queryable, page: ChangedPage): Promise<ReportStretch[]> =>
  (await changed(q, "report_stretch", page)).map(toStretch);

const changed = (
  q: Queryable,
  table: "report_segment" | "report_stretch",
  o: ChangedPage,
): Promise<{ data: string }[]> =>
  q.db
    .selectFrom(table)
    .select("data")
    .where("changed_seq", ">", o.after)
    .where("changed_seq", "<=", o.upto)
    .where("id", ">", o.behindId)
    .orderBy("id")
    .limit(o.limit)
    .execute();

/** The stretches that were going on at a moment: of each agent the last one that began before it, unless it had ended. */
export async function stretchesAt(q: Queryable, o: Omit<FactPage, "to">): Promise<ReportStretch[]> {
  const last = sql<number>`(select s.id from report_stretch s where s.user_id = u.id and s.began_at < ${o.from}
    order by s.began_at desc, s.id desc limit 1)`;
  const way = o.way === "oldest" ? "asc" : "desc";
  let query = q.db
    .selectFrom("report_stretch")
    .select("data")
    .where("id", "in", q.db.selectFrom("user as u").select(last.as("id")))
    .where((e) => e.or([e("ended_at", "is", null), e("ended_at", ">", o.from)]))
    .orderBy("began_at", way)
    .orderBy("id", way)
    .limit(o.limit);
  if (o.after) query = query.where(beyond(["began_at", "id"], o.way === "oldest" ? ">" : "<", o.after));
  return (await query.execute()).map(toStretch);
}

/** One agent's stretches of a time, oldest first, with the last one that began before it. */
export async function stretchesOf(
  q: Queryable,
  { userId, from, to }: { userId: string; from: number; to: number },
): Promise<ReportStretch[]> {
  const own = q.db.selectFrom("report_stretch").select("data").where("user_id", "=", userId);
  const before = own.where("began_at", "<", from).orderBy("began_at", "desc").orderBy("id", "desc").limit(1);
  const within = own
    .where("began_at", ">=", from)
    .where("began_at", "<", to)
    .orderBy("began_at")
    .orderBy("id");
  return [...(await before.execute()), ...(await within.execute())].map(toStretch);
}

// What we wrote there ourselves.
const toSegment = (r: { data: string }): ReportSegment => JSON.parse(r.data) as ReportSegment;
const toStretch = (r: { data: string }): ReportStretch => JSON.parse(r.data) as ReportStretch;
