import { expect, test } from "vitest";
import { testCtx } from "../testing/test-ctx.ts";
import type { Engine } from "./engine.ts";
import { prepared } from "./prepared.ts";

const set = prepared((q, { key, ...change }: { key: string; value?: string | undefined }) =>
  q.db.updateTable("setting").set(change).where("key", "=", key),
);
const get = prepared((q, p: { key: string }) =>
  q.db.selectFrom("setting").selectAll().where("key", "=", p.key),
);
const put = prepared((q, p: { key: string; value: string }) =>
  q.db
    .insertInto("setting")
    .values(p)
    .onConflict((c) => c.doNothing())
    .returning("key"),
);

test.each<Engine>(["sqlite", "postgres"])(
  "%s: a built query takes the values of each run",
  async (engine) => {
    const ctx = await testCtx({ engine });
    await ctx.store.write(async (tx) => {
      expect(await put.first(tx, { key: "a", value: "1" })).toEqual({ key: "a" });
      expect(await put.first(tx, { value: "2", key: "b" })).toEqual({ key: "b" });
      expect(await put.first(tx, { key: "a", value: "3" })).toBeUndefined();
    });
    expect(await get.all(ctx.store, { key: "a" })).toEqual([{ key: "a", value: "1" }]);
    expect(await get.first(ctx.store, { key: "b" })).toEqual({ key: "b", value: "2" });

    expect(await ctx.store.write((tx) => set.run(tx, { key: "b", value: "4" }))).toBe(1);
    expect(await ctx.store.write((tx) => set.run(tx, { key: "c", value: "4" }))).toBe(0);
    expect(await get.first(ctx.store, { key: "b" })).toEqual({ key: "b", value: "4" });
    await ctx.close();
  },
);

test("sqlite: constants are seen by the planner, values are not", async () => {
  const ctx = await testCtx();
  const openOffer = prepared((q, p: { userId: string }) =>
    q.db.selectFrom("offer").selectAll().where("user_id", "=", p.userId).where("state", "=", "it's open"),
  );
  const sql: string[] = [];
  const store = ctx.store.db;
  const db = {
    selectFrom: store.selectFrom.bind(store),
    executeQuery: (query: { sql: string; parameters: unknown[] }) => {
      sql.push(query.sql);
      expect(query.parameters).toEqual(["lan"]);
      return Promise.resolve({ rows: [] });
    },
  } as unknown as typeof store;
  await openOffer.all({ db, engine: "sqlite" }, { userId: "lan" });
  expect(sql).toEqual([`select * from "offer" where "user_id" = +? and "state" = 'it''s open'`]);
  await ctx.close();
});
