import { seededRandom } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "../simulators/facebook/index.ts";
import { conversationOf } from "../support/meta.ts";
import type { Person } from "../support/person.ts";
import { arrives, interactions, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const STEPS = 60;

/** Random days: whatever arrives, is taken, refused, ended or dropped, these stay true. */
describe.each(["sqlite", "postgres"] as const)("capacity on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
    // Long enough that agents leave and customers write before it ends.
    await w.gateway.ctx.store.write((tx) =>
      tx.db.updateTable("queue").set({ wrap_up_seconds: 600 }).execute(),
    );
  });
  afterEach(() => w.close());

  test.each([11, 12, 19, 21])(
    "holds through a random day (seed %i)",
    async (seed) => {
      const random = seededRandom(seed);
      const people = [await w.agent("lan"), await w.agent("minh"), await w.agent("hoa")];
      const away = new Set<Person>();
      const customers: Customer[] = [];
      for (let step = 0; step < STEPS; step++) {
        const who = people[Math.floor(random() * people.length)] as Person;
        const roll = random();
        if (roll < 0.22) {
          customers.push(await arrives(w));
        } else if (roll < 0.28) await writesAgain(customers[Math.floor(random() * customers.length)]);
        else if (roll < 0.5) await pass(w, random() * 50_000);
        else if (roll < 0.6) {
          if (away.delete(who)) await who.connect();
          else {
            who.disconnect();
            away.add(who);
          }
        } else if (away.has(who)) continue;
        else if (roll < 0.75) await leavesWrapUp({ who, customers, roll: random() });
        else await act(who, random);
        await w.settle();
        await invariants(customers.length);
      }
    },
    60_000,
  );

  async function writesAgain(customer: Customer | undefined): Promise<void> {
    if (!customer) return;
    await customer.text("Còn một câu nữa");
    await w.settle();
    const { interaction_state } = await conversationOf(w, customer.psid);
    expect(["waiting", "offered", "active"]).toContain(interaction_state);
  }

  /** Somebody ends a talk and is gone; its customer writes a while later, within the grace or after it. */
  async function leavesWrapUp(o: {
    who: Person;
    customers: readonly Customer[];
    roll: number;
  }): Promise<void> {
    const mine = (await interactions(w)).find((i) => i.owner_id === o.who.userId && i.state === "active");
    if (!mine) return;
    await o.who.call("interaction.end", { interactionId: mine.id, version: mine.version });
    await o.who.call("agent.set_state", { state: "offline" });
    await pass(w, 20_000 + o.roll * 60_000);
    for (const customer of o.customers)
      if ((await conversationOf(w, customer.psid)).id === mine.conversation_id) await writesAgain(customer);
  }

  async function act(who: Person, random: () => number): Promise<void> {
    const roll = random();
    const mine = (await interactions(w))
      .filter((i) => i.owner_id === who.userId && i.state !== "closed")
      .at(-1);
    const open = await w.gateway.ctx.store.db
      .selectFrom("offer")
      .selectAll()
      .where("user_id", "=", who.userId)
      .where("state", "=", "open")
      .executeTakeFirst();
    if (roll < 0.1) await who.call("agent.set_state", { state: "offline" });
    else if (open && roll < 0.7) await who.call("offer.accept", { offerId: open.id });
    else if (open && roll < 0.8) await who.call("offer.decline", { offerId: open.id });
    else if (mine && roll < 0.8) await workOn(who, mine, random());
    else await who.call("agent.set_state", { state: "available" });
  }

  /** Ends, closes or hands on what somebody has in hand. */
  async function workOn(
    who: Person,
    mine: { id: string; version: number; state: string },
    roll: number,
  ): Promise<void> {
    const key = { interactionId: mine.id, version: mine.version };
    if (roll < 0.6) {
      if (mine.state === "active") await who.call("interaction.end", key);
    } else if (roll < 0.85) await who.call("interaction.close", { ...key, disposition: "Đã giải quyết" });
    else await who.call("interaction.transfer", { ...key, to: { queueId: w.queueId } });
  }

  async function invariants(customers: number): Promise<void> {
    const { db } = w.gateway.ctx.store;
    const work = await interactions(w);
    const offers = await db.selectFrom("offer").selectAll().where("state", "=", "open").execute();
    const agents = await db.selectFrom("agent_state").selectAll().execute();
    const graces = await db
      .selectFrom("timer")
      .select("subject_id")
      .where("kind", "=", "agent_gone")
      .execute();
    expect(new Set(work.map((i) => i.conversation_id)).size).toBe(customers);
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
      expect(load).toBeLessThanOrEqual(a.limit_chat);
      // Nobody's customer is left with somebody who is not there, once the grace is over.
      const gone = a.state === "offline" || a.lost_at !== null;
      if (gone && !graces.some((g) => g.subject_id === a.user_id))
        expect(open.filter((i) => i.owner_id === a.user_id && i.state !== "wrap_up")).toEqual([]);
      if (a.state !== "available") expect(offers.filter((o) => o.user_id === a.user_id)).toEqual([]);
    }
  }
});
