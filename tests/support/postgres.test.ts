import pg from "pg";
import { expect, test } from "vitest";
import { freshDatabase } from "./postgres.ts";

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("two fresh databases do not see each other", async () => {
  const [a, b] = await Promise.all([freshDatabase(), freshDatabase()]);
  await query(a.url, "create table only_here (id text)");
  await expect(query(b.url, "select * from only_here")).rejects.toMatchObject({ code: "42P01" });
  await Promise.all([a.drop(), b.drop()]);
  await expect(query(a.url, "select 1")).rejects.toMatchObject({ code: "3D000" });
});

test("a database drops although a test left a connection open, and lowers Vietnamese letters", async () => {
  const database = await freshDatabase();
  const forgotten = new pg.Client({ connectionString: database.url });
  forgotten.on("error", () => {});
  await forgotten.connect();
  expect(await query(database.url, "select lower('ĐƠN HÀNG') as folded")).toEqual([{ folded: "đơn hàng" }]);
  await database.drop();
});
