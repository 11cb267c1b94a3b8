import type { Queryable } from "./store.ts";

/**
 * Whether a row that is read must be locked so that a change computed from it is not lost: inside a transaction on
 * PostgreSQL. SQLite has one writer at a time.
 */
export const locks = (q: Queryable): boolean => q.engine === "postgres" && "afterCommit" in q;
