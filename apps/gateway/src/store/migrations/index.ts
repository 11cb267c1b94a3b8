import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import type { Engine } from "../engine.ts";
import { first, firstName } from "./0001-first.ts";

/** Forward only, in order of their numbers. They are code and not files on disk, so bundling keeps them. */
const steps: Record<string, (db: Kysely<unknown>, engine: Engine) => Promise<void>> = {
  [firstName]: first,
};

/**
 * Brings the store to the newest schema; each step is one transaction. Throws what the failing step
 * threw, or a sentence when the store was made by a version that has other steps.
 */
export async function migrate(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const all = Object.fromEntries(
    Object.entries(steps).map(([name, up]): [string, Migration] => [name, { up: (k) => up(k, engine) }]),
  );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => all } });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error && error.message.startsWith("corrupted migrations"))
    throw new Error(
      "This store was made by another version of Tongdai, whose schema this one does not know. Start that version again, or give this one a new store (the demo: npm run demo:reset).",
      { cause: error },
    );
  if (error) throw error;
}
