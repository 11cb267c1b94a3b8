import type { Insertable } from "kysely";
import { beyond, type Place } from "./place.ts";
import type { AuditRowT } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const insertAudit = (tx: Tx, row: Insertable<AuditRowT>) =>
  tx.db.insertInto("audit").values(row).execute();

/** Newest first, before a place (or from the end). */
export function auditBefore(
  q: Queryable,
  o: { before?: Place | undefined; limit: number },
): Promise<AuditRowT[]> {
  let query = q.db.selectFrom("audit").selectAll().orderBy("at", "desc").orderBy("id", "desc").limit(o.limit);
  if (o.before) query = query.where(beyond(["at", "id"], "<", o.before));
  return query.execute();
}
