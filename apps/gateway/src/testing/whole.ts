import { expect } from "vitest";
import type { Store } from "../store/index.ts";

const sorted = (lines: readonly string[]): string[] => lines.toSorted();

/**
 * What must be true of work, offers and timers whenever nothing moves: one open offer for what is offered, an owner exactly for
 * what is in hand, a timer exactly for what waits for its time, and each change of a piece of work journaled once, in order.
 */
export async function expectWhole({ db }: Pick<Store, "db">): Promise<void> {
  const work = await db.selectFrom("interaction").selectAll().where("state", "<>", "closed").execute();
  const offers = await db.selectFrom("offer").selectAll().where("state", "=", "open").execute();
  const timers = await db.selectFrom("timer").selectAll().execute();
  const inState = (state: string) => work.filter((i) => i.state === state);
  expect(sorted(offers.map((o) => o.interaction_id))).toEqual(sorted(inState("offered").map((i) => i.id)));
  for (const i of work)
    expect({ id: i.id, owned: i.owner_id !== null }).toEqual({
      id: i.id,
      owned: ["active", "parked", "wrap_up"].includes(i.state),
    });
  const due = (kind: string) =>
    sorted(timers.filter((t) => t.kind === kind).map((t) => `${t.subject_id} ${t.due_at}`));
  expect(due("offer")).toEqual(sorted(offers.map((o) => `${o.id} ${o.deadline}`)));
  expect(due("parked")).toEqual(sorted(inState("parked").map((i) => `${i.id} ${i.parked_until}`)));
  expect(due("wrap_up")).toEqual(sorted(inState("wrap_up").map((i) => `${i.id} ${i.wrap_up_until}`)));
  await expectCopies(db);
  await expectOneRowAChange(db);
}

/** Lists of conversations show their open work. */
async function expectCopies(db: Store["db"]): Promise<void> {
  const rows = await db
    .selectFrom("interaction as i")
    .innerJoin("conversation as c", "c.id", "i.conversation_id")
    .select(["i.id", "i.state", "i.owner_id", "i.parked_until", "i.queue_id", "c.interaction_id"])
    .select(["c.interaction_state", "c.owner_id as c_owner_id", "c.parked_until as c_parked_until"])
    .select("c.queue_id as c_queue_id")
    .where("i.state", "<>", "closed")
    .execute();
  for (const r of rows)
    expect([r.interaction_id, r.interaction_state, r.c_owner_id, r.c_parked_until, r.c_queue_id]).toEqual([
      r.id,
      r.state,
      r.owner_id,
      r.parked_until,
      r.queue_id,
    ]);
}

/** Each new version of work has its row; the last row of work that is closed says so. */
async function expectOneRowAChange(db: Store["db"]): Promise<void> {
  const steps = await db
    .selectFrom("journal as j")
    .innerJoin("interaction as i", "i.id", "j.interaction_id")
    .select(["i.id", "i.version", "i.state", "j.name", "j.seq"])
    .where("j.name", "like", "interaction.%")
    .where("j.name", "not in", ["interaction.deferred", "interaction.opened"])
    .orderBy("j.seq")
    .execute();
  for (const [id, rows] of Map.groupBy(steps, (row) => row.id)) {
    const [first] = rows;
    expect({ id, rows: rows.length }).toEqual({ id, rows: (first?.version ?? 0) - 1 });
    if (first?.state === "closed") expect(rows.at(-1)?.name).toBe("interaction.closed");
  }
}
