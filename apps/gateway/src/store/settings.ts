import type { Queryable, Tx } from "./store.ts";

/** What the gateway remembers about itself. */
export async function readSetting(q: Queryable, key: string): Promise<string | undefined> {
  const row = await q.db.selectFrom("setting").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value;
}

/** What is remembered under keys that begin alike. */
export const settingsUnder = (q: Queryable, prefix: string): Promise<{ key: string; value: string }[]> =>
  q.db
    .selectFrom("setting")
    .selectAll()
    .where("key", ">=", prefix)
    .where("key", "<", `${prefix}\u{ffff}`)
    .execute();

export const writeSetting = (tx: Tx, key: string, value: string) =>
  tx.db
    .insertInto("setting")
    .values({ key, value })
    .onConflict((c) => c.column("key").doUpdateSet({ value }))
    .execute();

/** Writes a setting if it still is what it was; `undefined`: there was none. False when somebody was quicker. */
export async function swapSetting(
  tx: Tx,
  key: string,
  { was, now }: { was: string | undefined; now: string },
): Promise<boolean> {
  if (was === undefined) {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto("setting")
      .values({ key, value: now })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await tx.db
    .updateTable("setting")
    .set({ value: now })
    .where("key", "=", key)
    .where("value", "=", was)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
