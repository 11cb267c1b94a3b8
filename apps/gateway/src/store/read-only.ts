import { existsSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { Kysely, PostgresDialect, sql } from "kysely";
import { firstName } from "./migrations/0001-first.ts";
import type { Tables } from "./schema.ts";
import { kyselyOver } from "./sqlite-dialect.ts";
import type { Queryable } from "./store.ts";

export interface ReadOnlyStore extends Queryable {
  close(): Promise<void>;
}

/** A store that a gateway may have open, only to be read. Throws an Error whose message is a sentence for the operator. */
export async function openReadOnly(url: string): Promise<ReadOnlyStore> {
  const opened = /^postgres(ql)?:/.test(url) ? await postgres(url) : sqlite(url);
  const store = { ...opened, close: () => opened.db.destroy() };
  try {
    await assertSchema(store);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

function sqlite(path: string): Queryable {
  if (!existsSync(path)) throw new Error(`There is no store at ${path}.`);
  const database = new Sqlite(path, { readonly: true });
  database.pragma("busy_timeout = 5000");
  return { engine: "sqlite", db: kyselyOver<Tables>(database) };
}

async function postgres(url: string): Promise<Queryable> {
  const { default: pg } = await import("pg");
  pg.types.setTypeParser(20, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: 5_000,
    options: "-c default_transaction_read_only=on",
  });
  return { engine: "postgres", db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) };
}

async function assertSchema({ db }: Queryable): Promise<void> {
  const other =
    "The store is empty, or was made by another version of Tongdai: start the gateway on it once, then try again.";
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((t) => t.name === "kysely_migration")) throw new Error(other);
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  if (!rows.some((row) => row.name === firstName)) throw new Error(other);
}
