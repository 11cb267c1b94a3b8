import { openSqlite, type SqliteOptions } from "./sqlite.ts";
import type { Store } from "./store.ts";

export type { Entry, NewEntry, Queryable, Store, Tx } from "./store.ts";

/** Opens the store at a file path or a `postgres://` address and brings it to the newest schema. */
export async function openStore(url: string, options: SqliteOptions): Promise<Store> {
  if (!/^postgres(ql)?:/.test(url)) return openSqlite(url, options);
  // Its client is loaded by those alone who use it.
  const { openPostgres } = await import("./postgres.ts");
  return openPostgres(url);
}
