import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../../../../tests/support/postgres.ts";
import { type Entry, openStore, type Store } from "./index.ts";

test("on SQLite a work that waits for anything but the store is refused", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tongdai-store-"));
  const store = await openStore(join(dir, "store.db"), { onFatal: () => {} });
  const waiting = store.write(() => new Promise<never>(() => {}));
  await expect(waiting).rejects.toThrow("nothing but the store");
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

test("on SQLite a work that is first goes ahead of those that wait, and leaves them their time in every commit", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tongdai-store-"));
  const store = await openStore(join(dir, "store.db"), { onFatal: () => {} });
  const order: string[] = [];
  const slow = (name: string, o?: { first: boolean }) =>
    store.write(async () => {
      order.push(name);
      // Longer than a commit takes works for.
      for (const until = performance.now() + 10; performance.now() < until; );
    }, o);
  const works = ["a", "b", "c"].map((name) => slow(name));
  await works[0];
  works.push(slow("first", { first: true }));
  await works[1];
  works.push(slow("first again", { first: true }));
  await Promise.all(works);
  expect(order).toEqual(["a", "first", "b", "first again", "c"]);
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

describe.each(["sqlite", "postgres"] as const)("store on %s", (engine) => {
  let store: Store;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    const onFatal = (error: unknown) => {
      throw error;
    };
    if (engine === "postgres") {
      const database = await freshDatabase();
      store = await openStore(database.url, { onFatal });
      cleanUp = () => database.drop();
    } else {
      const dir = mkdtempSync(join(tmpdir(), "tongdai-store-"));
      store = await openStore(join(dir, "store.db"), { onFatal });
      cleanUp = async () => rmSync(dir, { recursive: true, force: true });
    }
  });
  afterAll(async () => {
    await store.close();
    await cleanUp();
  });

  const setting = (key: string) =>
    store.db.selectFrom("setting").select("value").where("key", "=", key).executeTakeFirst();

  test("what a work wrote is there after it, what a failed work wrote is not", async () => {
    const good = store.write((tx) => tx.db.insertInto("setting").values({ key: "a", value: "1" }).execute());
    const bad = store.write(async (tx) => {
      await tx.db.insertInto("setting").values({ key: "b", value: "1" }).execute();
      tx.journal({ name: "canned_reply.removed", at: 1, actorId: null, scopes: ["org"], data: { id: "x" } });
      throw new Error("no");
    });
    await expect(bad).rejects.toThrow("no");
    await good;
    expect(await setting("a")).toEqual({ value: "1" });
    expect(await setting("b")).toBeUndefined();
  });

  test("works that come together with one that fails are done once and told once", async () => {
    const told: string[] = [];
    const all = Promise.withResolvers<void>();
    const undo = store.follow((entries) => {
      told.push(...entries.map((e) => (e.data as { id: string }).id));
      if (told.length >= 2) all.resolve();
    });
    const committed: string[] = [];
    const work = (id: string, fails: boolean) =>
      store.write(async (tx) => {
        tx.afterCommit(() => committed.push(id));
        tx.journal({ name: "canned_reply.removed", at: 1, actorId: null, scopes: ["org"], data: { id } });
        await tx.db.insertInto("setting").values({ key: id, value: "1" }).execute();
        if (fails) throw new Error("no");
      });
    const done = await Promise.allSettled([work("n1", false), work("n2", true), work("n3", false)]);
    await all.promise;
    undo();
    expect(done.map((d) => d.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect([await setting("n1"), await setting("n2"), await setting("n3")]).toEqual([
      { value: "1" },
      undefined,
      { value: "1" },
    ]);
    expect(told.toSorted()).toEqual(["n1", "n3"]);
    expect(committed.toSorted()).toEqual(["n1", "n3"]);
  });

  test("the outer handle may not be used inside a work", async () => {
    await expect(
      store.write(async () => store.db.selectFrom("setting").selectAll().execute()),
    ).rejects.toThrow("inside a transaction");
  });

  test("followers see every entry once and in order under parallel writers", async () => {
    const seen: Entry[] = [];
    const enough = Promise.withResolvers<void>();
    const total = 300;
    const undo = store.follow((entries) => {
      seen.push(...entries);
      if (seen.length >= total) enough.resolve();
    });
    const visible: number[] = [];
    await Promise.all(
      Array.from({ length: total }, (_, i) =>
        store
          .write(async (tx) => {
            await tx.db
              .insertInto("setting")
              .values({ key: `p${i}`, value: "1" })
              .execute();
            tx.journal({
              name: "canned_reply.removed",
              at: i,
              actorId: null,
              scopes: ["org"],
              data: { id: `${i}` },
            });
          })
          .then(async () => {
            // Whatever number is visible now, no smaller one may appear later.
            visible.push(await store.head());
          }),
      ),
    );
    await enough.promise;
    undo();
    const seqs = seen.map((e) => e.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(total);
    expect(new Set(seen.map((e) => (e.data as { id: string }).id)).size).toBe(total);
  });

  test("a reader that follows by number never misses one that commits later", async () => {
    let last = await store.head();
    const start = last;
    const found: number[] = [];
    let writing = true;
    const reader = (async () => {
      while (writing) {
        const rows = await store.db
          .selectFrom("journal")
          .select("seq")
          .where("seq", ">", last)
          .orderBy("seq")
          .execute();
        for (const r of rows) found.push(r.seq);
        last = rows.at(-1)?.seq ?? last;
        await new Promise((resume) => setImmediate(resume));
      }
    })();
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        store
          .write(async (tx) => {
            tx.journal({ name: "canned_reply.removed", at: i, actorId: null, scopes: [], data: { id: "y" } });
            if (i % 7 === 0) throw new Error("some fail");
          })
          .catch(() => {}),
      ),
    );
    writing = false;
    await reader;
    const all = await store.db
      .selectFrom("journal")
      .select("seq")
      .where("seq", ">", start)
      .orderBy("seq")
      .execute();
    const late = all.map((r) => r.seq).filter((s) => s <= last && !found.includes(s));
    expect(late).toEqual([]);
    expect(all.length).toBe(200 - Math.ceil(200 / 7));
  });
});
