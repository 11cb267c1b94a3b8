import { openPostgres } from "./postgres.ts";
import { openSqlite, type SqliteOptions } from "./sqlite.ts";
import type { Store } from "./store.ts";

export type { Entry, NewEntry, Queryable, Store, Tx } from "./store.ts";

/** Opens the store at a file path or a `postgres://` address and brings it to the newest schema. */
export const openStore = (url: string, options: SqliteOptions): Promise<Store> =>
  /^postgres(ql)?:/.test(url) ? openPostgres(url) : openSqlite(url, options);
