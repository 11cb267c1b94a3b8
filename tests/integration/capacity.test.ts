import { defaultQueueRules, explain, Strategy } from "@tongdai/shared";
import { seededRandom } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Memory } from "../../apps/gateway/src/features/routing/memory.ts";
import { readFloor } from "../../apps/gateway/src/features/routing/read-floor.ts";
import type { Customer } from "../simulators/facebook/index.ts";
import { conversationOf } from "../support/meta.ts";
import type { Person } from "../support/person.ts";
import { arrives, interactions, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const STEPS = 60;

/** Random days: whatever arrives, is taken, refused, ended or dropped, these stay true. */
describe.each(["sqlite", "postgres"] as const)("capacity on %s", (engine) => {
  let w: World;
  let memory: Memory;
  beforeEach(async () => {
    w = await world({ engine });
    memory = { known: null };
    // Long enough that agents leave and customers write before it ends.
    await w.gateway.ctx.store.write((tx) =>
      tx.db.updateTable("queue").set({ wrap_up_seconds: 600 }).execute(),
    );
  });
  afterEach(() => w.close());

  test.each([
    { seed: 11, rules: "usual" },
    { seed: 12, rules: "usual" },
    { seed: 19, rules: "usual" },
    { seed: 21, rules: "usual" },
    { seed: 31, rules: "random" },
    { seed: 32, rules: "random" },
    { seed: 33, rules: "random" },
  ] as const)(
    "holds through a random day (seed $seed, $rules rules)",
    async ({ seed, rules }) => {
      const random = seededRandom(seed);
      const people = [await w.agent("lan"), await w.agent("minh"), await w.agent("hoa")];
      await setRules[rules](random, people);
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

  /** Skills, rings, strategies and a second queue that helps, as chance has it. */
  async function randomRules(random: () => number, people: readonly Person[]): Promise<void> {
    const admin = await w.person("quantri", { roles: ["admin"] });
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const { skill } = await admin.call("skill.save", { name: "Hoá đơn" });
    const level = () => 1 + Math.floor(random() * 5);
    for (const { userId } of people)
      await admin.call("user.update", { userId, skills: random() < 0.7 ? { [skill.id]: level() } : {} });
    const disposition = { name: "Đã giải quyết", resolved: true };
    const [helper, ...members] = people.map((p) => p.userId);
    await admin.call("queue.save", {
      id: w.secondQueueId,
      name: "Bảo hành",
      memberIds: [helper ?? ""],
      dispositions: [disposition],
    });
    await admin.call("queue.save", {
      id: w.queueId,
      name: "Chăm sóc khách hàng",
      memberIds: members,
      dispositions: [disposition],
      rules: {
        ...defaultQueueRules,
        strategy: pick(Strategy.options),
        rings: [
          { afterMs: 0, needs: [{ skillId: skill.id, level: level() }], prefers: [] },
          { afterMs: 20_000, needs: [], prefers: [{ skillId: skill.id, level: level() }] },
        ],
        overflow: [{ queueId: w.secondQueueId, afterMs: 30_000, longerThan: pick([null, 1, 3]) }],
      },
    });
  }

  const setRules = { usual: async () => {}, random: randomRules };

  /** Nobody has room for work that waits, may and can take it, and is not asked: unless it is kept for somebody. */
  async function nobodyIdles(): Promise<void> {
    const { ctx } = w.gateway;
    const { floor, known } = await ctx.store.write((tx) => readFloor(tx, ctx));
    const remembered = await ctx.store.write((tx) => readFloor(tx, ctx, memory));
    expect(remembered.known.agents).toEqual(known.agents);
    for (const item of floor.waiting) {
      const keptFor = item.transferredTo ?? item.lastAgentId;
      if (keptFor !== null) continue;
      const could = explain(floor, item.interactionId).filter((v) => v.obstacle === null);
      expect(could).toEqual([]);
    }
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
    await nobodyIdles();
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
