import Sqlite from "better-sqlite3";

/**
 * Pages of write-ahead log (64 MB) at which whoever commits makes the checkpoint. Far above what checkpoints.ts lets it
 * come to, because it holds the event loop for as long as the disk takes.
 */
const BRAKE_PAGES = 16_000;

/** WAL, durable at every commit. */
export function openConnection(path: string): Sqlite.Database {
  const database = new Sqlite(path);
  database.pragma("journal_mode = WAL");
  // The driver's default in WAL mode is NORMAL, which loses acknowledged rows when the power fails.
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.pragma("busy_timeout = 5000");
  database.pragma(`wal_autocheckpoint = ${BRAKE_PAGES}`);
  if (database.pragma("synchronous", { simple: true }) !== 2)
    throw new Error("SQLite did not accept synchronous=FULL");
  return database;
}
