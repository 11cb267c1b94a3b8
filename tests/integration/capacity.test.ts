import { seededRandom } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { arrives, interactions, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const STEPS = 60;

/** Random days: whatever arrives, is taken, refused, ended or dropped, these stay true. */
describe.each(["sqlite", "postgres"] as const)("capacity on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  test.each([11, 12, 13])(
    "holds through a random day (seed %i)",
    async (seed) => {
      const random = seededRandom(seed);
      const people = [await w.agent("lan"), await w.agent("minh"), await w.agent("hoa")];
      const away = new Set<Person>();
      let arrived = 0;
      for (let step = 0; step < STEPS; step++) {
        const who = people[Math.floor(random() * people.length)] as Person;
        const roll = random();
        if (roll < 0.4) {
          await arrives(w);
          arrived++;
        } else if (roll < 0.5) await pass(w, random() * 50_000);
        else if (roll < 0.6) {
          if (away.delete(who)) await who.connect();
          else {
            who.disconnect();
            away.add(who);
          }
        } else if (!away.has(who)) await act(who, random());
        await w.settle();
        await invariants(arrived);
      }
    },
    60_000,
  );

  async function act(who: Person, roll: number): Promise<void> {
    const [mine] = (await interactions(w)).filter((i) => i.owner_id === who.userId && i.state !== "closed");
    const open = await w.gateway.ctx.store.db
      .selectFrom("offer")
      .selectAll()
      .where("user_id", "=", who.userId)
      .where("state", "=", "open")
      .executeTakeFirst();
    if (open && roll < 0.5) await who.call("offer.accept", { offerId: open.id });
    else if (open && roll < 0.65) await who.call("offer.decline", { offerId: open.id });
    else if (mine && roll < 0.9)
      await who.call("interaction.close", {
        interactionId: mine.id,
        version: mine.version,
        disposition: "Đã giải quyết",
      });
    else await who.call("agent.set_state", { state: "available" });
  }

  async function invariants(arrived: number): Promise<void> {
    const { db } = w.gateway.ctx.store;
    const work = await interactions(w);
    const offers = await db.selectFrom("offer").selectAll().where("state", "=", "open").execute();
    const agents = await db.selectFrom("agent_state").selectAll().execute();
    expect(work).toHaveLength(arrived);
    const open = work.filter((i) => i.state !== "closed");
    expect(new Set(open.map((i) => i.conversation_id)).size).toBe(open.length);
    expect(new Set(offers.map((o) => o.interaction_id)).size).toBe(offers.length);
    for (const i of open) {
      const offered = offers.filter((o) => o.interaction_id === i.id).length;
      expect([i.state, offered]).toEqual([i.state, i.state === "offered" ? 1 : 0]);
      expect([i.state, i.owner_id === null]).toEqual([
        i.state,
        i.state === "waiting" || i.state === "offered",
      ]);
      if (i.state === "waiting") expect(i.wait_reason).not.toBeNull();
    }
    for (const a of agents) {
      const load =
        open.filter((i) => i.owner_id === a.user_id).length +
        offers.filter((o) => o.user_id === a.user_id).length;
      expect(load).toBeLessThanOrEqual(a.capacity);
      if (a.state !== "available") expect(offers.filter((o) => o.user_id === a.user_id)).toEqual([]);
    }
  }
});
