import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";

import { type FreshDatabase, freshDatabase } from "../../../../tests/support/postgres.ts";
import { listen } from "./postgres-listen.ts";

let database: FreshDatabase;
let watcher: pg.Client;
beforeEach(async () => {
  database = await freshDatabase();
  watcher = new pg.Client({ connectionString: database.url });
  await watcher.connect();
});
afterEach(async () => {
  await watcher.end();
  await database.drop();
});

const connections = async () => {
  const { rows } = await watcher.query(
    "select count(*)::int as n from pg_stat_activity where application_name = 'listener'",
  );
  return rows[0].n;
};

const WITHIN = { timeout: 10_000 };

test("a reading that fails costs no connection, and the listener goes on", async () => {
  const url = new URL(database.url);
  url.searchParams.set("application_name", "listener");
  let reads = 0;
  const feed = await listen({
    url: url.href,
    channel: "news",
    aside: "rumours",
    from: 0,
    read: async () => {
      if (++reads <= 3) throw new Error("the pool is busy");
      return [];
    },
  });
  await expect.poll(() => reads, WITHIN).toBe(4);
  await expect.poll(connections, WITHIN).toBe(1);
  await watcher.query("notify news");
  await expect.poll(() => reads, WITHIN).toBe(5);
  expect(await connections()).toBe(1);
  await feed.close();
  await expect.poll(connections, WITHIN).toBe(0);
});
