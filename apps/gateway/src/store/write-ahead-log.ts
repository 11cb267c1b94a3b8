import type Sqlite from "better-sqlite3";

export interface LogState {
  /** Pages that the write-ahead log has come to since it last began anew. */
  readonly pages: number;
  /** Those that are not in the database file yet. */
  readonly left: number;
}

/** `noop` only looks; `passive` copies into the database file what it can without holding anybody. */
export function checkpoint(database: Sqlite.Database, mode: "noop" | "passive"): LogState {
  const [row] = database.pragma(`wal_checkpoint(${mode})`) as [{ log: number; checkpointed: number }];
  return { pages: row.log, left: row.log - row.checkpointed };
}
