import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { nextStretch } from "./hits.ts";
import { openStore } from "./index.ts";

const onFatal = (error: unknown) => {
  throw error;
};

test("what took long is looked at in shorter stretches, what was quick in longer ones, within bounds", () => {
  const now = { most: 500, span: 50_000 };
  expect(nextStretch(now, 3)).toEqual(now);
  expect(nextStretch(now, 6)).toEqual({ most: 250, span: 25_000 });
  expect(nextStretch(now, 60)).toEqual({ most: 100, span: 20_000 });
  expect(nextStretch(now, 0)).toEqual({ most: 1_000, span: 100_000 });
});

/** A beginning that is not in the index is answered by a list of all its hits, made anew for every stretch. */
test("the longest syllables of Vietnamese are found as quickly as short ones", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tongdai-hits-"));
  const store = await openStore(join(dir, "store.db"), { onFatal });
  await store.write((tx) =>
    sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 30000)
      insert into message_fts (rowid, folded) select i, 'binh thuong nghieng toi' from n`.execute(tx.db),
  );
  const quickest = async (match: string) => {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 20; i++) {
      const from = performance.now();
      await sql`select rowid from message_fts where message_fts match ${match} order by rowid desc limit 1`.execute(
        store.db,
      );
      least = Math.min(least, performance.now() - from);
    }
    return least;
  };
  const short = await quickest(`"toi" *`);
  expect(await quickest(`"thuong" *`)).toBeLessThan(5 * short);
  expect(await quickest(`"nghieng" *`)).toBeLessThan(5 * short);
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});
