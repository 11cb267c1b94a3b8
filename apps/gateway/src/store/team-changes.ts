import type { TeamChange } from "@tongdai/shared";
import { sql } from "kysely";
import { z } from "zod";
import type { Queryable } from "./store.ts";

/** Written out, as in the partial index that serves it. */
const TEAMS = sql<boolean>`name in ('team.saved', 'team.removed')`;

const Change = z.union([
  z
    .object({ team: z.object({ id: z.string(), memberIds: z.array(z.string()) }) })
    .transform(({ team }) => ({ teamId: team.id, memberIds: team.memberIds })),
  z.object({ id: z.string() }).transform(({ id }) => ({ teamId: id, memberIds: null })),
]);

/** How teams were saved and taken away, oldest first. */
export async function teamChanges(q: Queryable): Promise<TeamChange[]> {
  const rows = await q.db.selectFrom("journal").select(["at", "data"]).where(TEAMS).orderBy("seq").execute();
  return rows.flatMap(({ at, data }) => {
    const read = Change.safeParse(JSON.parse(data));
    return read.success ? [{ at, ...read.data }] : [];
  });
}
