import type { Insertable } from "kysely";
import type { AuditRowT } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const insertAudit = (tx: Tx, row: Insertable<AuditRowT>) =>
  tx.db.insertInto("audit").values(row).execute();

/** Newest first, before a place (or from the end). */
export function auditBefore(
  q: Queryable,
  o: { before?: { at: number; id: string } | undefined; limit: number },
): Promise<AuditRowT[]> {
  let query = q.db.selectFrom("audit").selectAll().orderBy("at", "desc").orderBy("id", "desc").limit(o.limit);
  const { before } = o;
  if (before)
    query = query
      .where("at", "<=", before.at)
      .where((e) => e.or([e("at", "<", before.at), e("id", "<", before.id)]));
  return query.execute();
}
