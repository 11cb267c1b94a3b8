import { sql } from "kysely";

/** Whose rows a list may hold: those of the queues, those the user owns, and what is offered to the user. */
export interface Sight {
  readonly userId: string;
  /** `null`: every queue. */
  readonly queueIds: readonly string[] | null;
  /** Conversations beside those; most lists are without them. */
  readonly offered?: readonly string[];
}

/** Whether a row of this table is in sight: conversations and tickets have the same columns for it. */
export function inSight(table: string, { queueIds, userId, offered = [] }: Sight) {
  if (queueIds === null) return sql<boolean>`1 = 1`;
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const rules = [sql<boolean>`${column("owner_id")} = ${userId}`];
  if (queueIds.length > 0) rules.push(sql`${column("queue_id")} in (${sql.join(queueIds)})`);
  if (offered.length > 0) rules.push(sql`${column("id")} in (${sql.join(offered)})`);
  return sql<boolean>`(${sql.join(rules, sql` or `)})`;
}
