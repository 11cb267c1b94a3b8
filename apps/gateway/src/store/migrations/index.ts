import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import type { Engine } from "../engine.ts";
import { first } from "./0001-first.ts";

/** Forward only, in order of their numbers. They are code and not files on disk, so bundling keeps them. */
const steps: Record<string, (db: Kysely<unknown>, engine: Engine) => Promise<void>> = {
  "0001-first": first,
};

/** Brings the store to the newest schema; each step is one transaction. Throws what the failing step threw. */
export async function migrate(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const all = Object.fromEntries(
    Object.entries(steps).map(([name, up]): [string, Migration] => [name, { up: (k) => up(k, engine) }]),
  );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => all } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
