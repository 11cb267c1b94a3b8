import { holdThing } from "./locks.ts";
import type { SkillRow } from "./schema-people.ts";
import type { Queryable, Tx } from "./store.ts";

/** Keeps the list of skills as it is: who has one, and which there are, must agree. */
export const holdSkills = (tx: Tx): Promise<void> => holdThing(tx, "skills");

export const allSkills = (q: Queryable) => q.db.selectFrom("skill").selectAll().orderBy("name").execute();

export const skillById = (q: Queryable, id: string) =>
  q.db.selectFrom("skill").selectAll().where("id", "=", id).executeTakeFirst();

export const skillByName = (q: Queryable, name: string) =>
  q.db.selectFrom("skill").selectAll().where("name", "=", name).executeTakeFirst();

export const upsertSkill = (tx: Tx, row: SkillRow) =>
  tx.db
    .insertInto("skill")
    .values(row)
    .onConflict((c) => c.column("id").doUpdateSet({ name: row.name, version: row.version }))
    .execute();

export const deleteSkill = (tx: Tx, id: string) => tx.db.deleteFrom("skill").where("id", "=", id).execute();
