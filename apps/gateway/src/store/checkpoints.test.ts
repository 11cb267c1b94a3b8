import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Checkpoints, checkpoints } from "./checkpoints.ts";
import { openConnection } from "./sqlite-connection.ts";
import { checkpoint } from "./write-ahead-log.ts";

const limits = { works: 2, worth: 10, long: 100, few: 20 };
const PAGE = 4_096;

let dir: string;
let path: string;
let database: Sqlite.Database;
let log: Checkpoints;
let errors: unknown[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tongdai-log-"));
  path = join(dir, "store.db");
  database = openConnection(path);
  database.exec("create table t (body blob)");
  checkpoint(database, "passive");
  errors = [];
  log = checkpoints({ path, database, onError: (error) => errors.push(error), limits });
});
afterEach(async () => {
  await log.close();
  database.close();
  rmSync(dir, { recursive: true, force: true });
});

const write = (pages: number) =>
  database.prepare("insert into t values (?)").run(Buffer.alloc(pages * PAGE, 7));
const left = () => checkpoint(database, "noop").left;

test("a thread copies the log into the database file", async () => {
  write(40);
  expect(left()).toBeGreaterThan(40);
  log.committed(2);
  await log.idle();
  expect(left()).toBe(0);
  expect(statSync(path).size).toBeGreaterThan(40 * PAGE);
});

test("it looks after some works, and leaves alone what is not worth it", async () => {
  write(5);
  log.committed(2);
  await log.idle();
  expect(left()).toBeGreaterThan(0);
  write(40);
  log.committed(1);
  await log.idle();
  expect(left()).toBeGreaterThan(0);
  log.committed(1);
  await log.idle();
  expect(left()).toBe(0);
});

test("of a long log the writer copies the little that the thread has left, so that it begins anew", async () => {
  write(limits.long);
  const reader = openConnection(path);
  reader.exec("begin; select * from t");
  log.committed(2);
  await log.idle();
  // Somebody still reads what was copied, so this is added to the log.
  write(1);
  reader.close();
  log.committed(2);
  write(1);
  expect(checkpoint(database, "noop").pages).toBeLessThan(limits.few);
});

test("a thread that cannot work says so once, and the writer goes on", async () => {
  await log.close();
  log = checkpoints({
    path: join(dir, "no", "folder.db"),
    database,
    onError: (error) => errors.push(error),
    limits,
  });
  write(40);
  log.committed(2);
  await log.idle();
  expect(errors).toHaveLength(1);
  log.committed(2);
  await log.idle();
  write(40);
  expect(errors).toHaveLength(1);
  expect(left()).toBeGreaterThan(80);
});
