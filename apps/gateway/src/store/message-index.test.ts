import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openStore, type Store } from "./index.ts";
import { INDEX_STEP } from "./message-index.ts";
import { writeSetting } from "./settings.ts";

const onFatal = (error: unknown) => {
  throw error;
};

test("the index follows in steps: what was left over at the end, and what comes in", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tongdai-index-"));
  const path = join(dir, "store.db");
  await (await openStore(path, { onFatal })).close();
  const side = new Sqlite(path);
  side.pragma("foreign_keys = off");
  const upto = side.prepare("select upto from message_index").pluck();
  let count = 0;
  const arrive = (messages: number) => {
    for (let i = 0; i < messages; i++) insert(side, count++);
  };

  arrive(INDEX_STEP * 2 + 3);
  const store = await openStore(path, { onFatal });
  await behind(store);
  expect(upto.get()).toBe(count);

  arrive(INDEX_STEP - 1);
  await tell(store, INDEX_STEP - 1);
  expect(upto.get()).toBe(count - INDEX_STEP + 1);
  arrive(1);
  await tell(store, 1);
  expect(upto.get()).toBe(count);

  await store.close();
  side.close();
  rmSync(dir, { recursive: true, force: true });
});

const insert = (database: Sqlite.Database, n: number) =>
  database
    .prepare(
      `insert into message (id, conversation_id, account_id, kind, direction, author_kind, text, folded, attachments,
        reply_excerpt, reactions, mentions, state, revision, part, at, created_at)
      values (?, 'c', 'a', 'message', 'in', 'customer', 'xin', 'xin', '[]', '', '[]', '[]', 'received', 0, 0, 0, 0)`,
    )
    .run(`m${n}`);

async function tell(store: Store, messages: number): Promise<void> {
  await store.write(async (tx) => {
    for (let i = 0; i < messages; i++)
      tx.journal({ name: "message.created", at: 0, actorId: null, scopes: [], data: {} as never });
  });
  await behind(store);
}

/** Until what was queued before has been done, and what that has queued. */
async function behind(store: Store): Promise<void> {
  for (let i = 0; i < 5; i++) await store.write((tx) => writeSetting(tx, "seen", String(i)));
}
