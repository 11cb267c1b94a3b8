import type { Queryable, Tx } from "./store.ts";

/** What the gateway remembers about itself. */
export async function readSetting(q: Queryable, key: string): Promise<string | undefined> {
  const row = await q.db.selectFrom("setting").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value;
}

export const writeSetting = (tx: Tx, key: string, value: string) =>
  tx.db
    .insertInto("setting")
    .values({ key, value })
    .onConflict((c) => c.column("key").doUpdateSet({ value }))
    .execute();
