import type { EventName } from "@tongdai/shared";
import { sql } from "kysely";
import type { Queryable } from "./store.ts";

/** Written out, as in the partial index that serves it. */
const SETUP = sql<boolean>`name in ('queue.saved', 'user.saved', 'capacity.saved', 'hours.saved')`;

export interface SetupEntry {
  readonly seq: number;
  readonly at: number;
  readonly name: string;
  readonly data: unknown;
}

/** How queues, people, hours and capacity were saved before a moment, the newest first. */
export async function setupBefore(
  q: Queryable,
  o: { before: number; below: number | null; limit: number },
): Promise<SetupEntry[]> {
  let query = q.db
    .selectFrom("journal")
    .select(["seq", "at", "name", "data"])
    .where(SETUP)
    .where("at", "<", o.before)
    .orderBy("seq", "desc")
    .limit(o.limit);
  if (o.below !== null) query = query.where("seq", "<", o.below);
  const rows = await query.execute();
  return rows.map((r) => ({ ...r, data: JSON.parse(r.data) as unknown }));
}

/** What the router knows of some work beside its facts. */
export const workOfInteractions = (q: Queryable, ids: readonly string[]) =>
  q.db
    .selectFrom("interaction as i")
    .innerJoin("customer as u", "u.id", "i.customer_id")
    .select(["i.id", "i.work", "i.last_agent_id", "u.tags", "u.owner_id as customer_owner_id"])
    .where("i.id", "in", ids)
    .execute();

/** When some interactions took these steps, in order. */
export const stepsOfInteractions = (
  q: Queryable,
  o: { ids: readonly string[]; names: readonly EventName[] },
) =>
  q.db
    .selectFrom("journal")
    .select(["name", "at", sql<string>`interaction_id`.as("interactionId")])
    .where("interaction_id", "in", o.ids)
    .where("name", "in", o.names)
    .orderBy("seq")
    .execute();

/** What some journal rows say. */
export async function entriesBySeq(q: Queryable, seqs: readonly number[]) {
  const rows = await q.db
    .selectFrom("journal")
    .select(["seq", "name", "data"])
    .where("seq", "in", seqs)
    .execute();
  return rows.map((r) => ({ ...r, data: JSON.parse(r.data) as unknown }));
}
