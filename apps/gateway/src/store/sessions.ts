import type { Insertable } from "kysely";
import { prepared } from "./prepared.ts";
import type { SessionRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const insertSession = (tx: Tx, row: Insertable<SessionRow>) =>
  tx.db.insertInto("session").values(row).execute();

const byId = prepared((q, p: { id: string }) =>
  q.db.selectFrom("session").selectAll().where("id", "=", p.id),
);

export const sessionById = (q: Queryable, id: string) => byId.first(q, { id });

/** Where the session was opened from. */
export const addressOf = async (q: Queryable, id: string): Promise<string | null> =>
  (await sessionById(q, id))?.address ?? null;

const byToken = prepared((q, p: { tokenHash: string; now: number }) =>
  q.db
    .selectFrom("session as s")
    .innerJoin("user as u", "u.id", "s.user_id")
    .selectAll("s")
    .select(["u.roles", "u.disabled"])
    .where("s.token_hash", "=", p.tokenHash)
    .where("s.revoked_at", "is", null)
    .where("s.expires_at", ">", p.now),
);

/** A session that is neither ended nor past its time, with its person. */
export const liveSessionByToken = (q: Queryable, tokenHash: string, now: number) =>
  byToken.first(q, { tokenHash, now });

const live = (q: Queryable, userId: string, now: number) =>
  q.db
    .selectFrom("session")
    .where("user_id", "=", userId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now);

/** Newest first. */
export const liveSessionsOf = (q: Queryable, userId: string, now: number) =>
  live(q, userId, now).selectAll().orderBy("created_at", "desc").orderBy("id", "desc").execute();

/** Those of these sessions that are ended or past their time. */
export async function endedAmong(q: Queryable, ids: readonly string[], now: number): Promise<string[]> {
  const rows = await q.db
    .selectFrom("session")
    .select("id")
    .where("id", "in", ids)
    .where((eb) => eb.or([eb("revoked_at", "is not", null), eb("expires_at", "<=", now)]))
    .execute();
  return rows.map((r) => r.id);
}

export const touchSession = (tx: Tx, s: Pick<SessionRow, "id" | "last_seen_at" | "expires_at">) =>
  tx.db
    .updateTable("session")
    .set({ last_seen_at: s.last_seen_at, expires_at: s.expires_at })
    .where("id", "=", s.id)
    .where("revoked_at", "is", null)
    .execute();

/** Ends the person's live sessions, all but one when told, and returns which. */
export async function revokeSessionsOf(
  tx: Tx,
  o: { userId: string; now: number; only?: string; except?: string | null },
): Promise<string[]> {
  let query = tx.db
    .updateTable("session")
    .set({ revoked_at: o.now })
    .where("user_id", "=", o.userId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", o.now);
  if (o.only) query = query.where("id", "=", o.only);
  if (o.except) query = query.where("id", "<>", o.except);
  const rows = await query.returning("id").execute();
  return rows.map((r) => r.id);
}
