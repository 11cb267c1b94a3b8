import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { freshDatabase } from "../../../../../tests/support/postgres.ts";
import { openStore } from "../index.ts";

const onFatal = (error: unknown) => {
  throw error;
};

async function place(engine: "sqlite" | "postgres"): Promise<{ url: string; drop(): unknown }> {
  if (engine === "postgres") return freshDatabase();
  const dir = mkdtempSync(join(tmpdir(), "tongdai-migrations-"));
  return { url: join(dir, "store.db"), drop: () => rmSync(dir, { recursive: true, force: true }) };
}

test.each(["sqlite", "postgres"] as const)(
  "on %s a store opens again, and one of another schema says so",
  async (engine) => {
    const { url, drop } = await place(engine);
    try {
      for (const foreign of [false, true]) {
        const store = await openStore(url, { onFatal });
        if (foreign)
          await store.write((tx) =>
            sql`update kysely_migration set name = '0001-first-other'`.execute(tx.db),
          );
        await store.close();
      }
      await expect(openStore(url, { onFatal })).rejects.toThrow("made by another version of Tongdai");
    } finally {
      await drop();
    }
  },
);
