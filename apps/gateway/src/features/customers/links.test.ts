import type { Customer } from "@tongdai/shared";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { ask, journalOf, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as tickets } from "../tickets/index.ts";
import { applyProfile } from "./apply-profile.ts";
import { handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("linked customers on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());

  let fb: Work;
  let sms: Work;
  beforeEach(async () => {
    fb = await work(ctx, s, { queueId: s.care, name: "Lan Nguyễn" });
    sms = await work(ctx, s, { queueId: s.warranty, name: "#234567" });
  });

  const get = async (customerId: string, caller: Caller = s.ha): Promise<Customer> =>
    (
      await ask(ctx, caller, {
        name: "customer.get",
        handler: handlers["customer.get"],
        input: { customerId },
      })
    ).customer;

  async function link(a: string, b: string, caller: Caller = s.ha): Promise<Customer> {
    const [one, other] = [await get(a), await get(b)];
    const input = {
      customerId: one.id,
      version: one.version,
      otherId: other.id,
      otherVersion: other.version,
    };
    const handler = handlers["customer.link"];
    return (await ask(ctx, caller, { name: "customer.link", handler, input })).customer;
  }

  async function unlink(customerId: string, identityIds: string[], caller: Caller = s.ha) {
    const { id, version } = await get(customerId);
    const handler = handlers["customer.unlink"];
    return ask(ctx, caller, {
      name: "customer.unlink",
      handler,
      input: { customerId: id, version, identityIds },
    });
  }

  const update = async (customerId: string, change: object): Promise<Customer> => {
    const { id, version } = await get(customerId);
    const handler = handlers["customer.update"];
    const input = { customerId: id, version, ...change };
    return (await ask(ctx, s.ha, { name: "customer.update", handler, input })).customer;
  };

  const timeline = async (customerId: string) => {
    const handler = handlers["customer.timeline"];
    const told: string[][] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const input = { customerId, limit: 100, ...(cursor ? { cursor } : {}) };
      const page = await ask(ctx, s.ha, { name: "customer.timeline", handler, input });
      told.push(...page.entries.map((e) => [e.name, e.summary]));
      cursor = page.next;
    }
    return told;
  };

  const search = async (query: string) => {
    const handler = handlers["customer.search"];
    const { customers } = await ask(ctx, s.ha, { name: "customer.search", handler, input: { query } });
    return customers.map((c) => c.id);
  };

  const ticketOf = async (w: Work, subject: string) =>
    (
      await ask(ctx, s.ha, {
        name: "ticket.create",
        handler: tickets["ticket.create"],
        input: { clientId: crypto.randomUUID(), interactionId: w.interaction.id, subject },
      })
    ).ticket;

  /** Whose what is, as the tables say. */
  async function owners(works: readonly Work[]) {
    const of = (table: "conversation" | "interaction" | "identity" | "ticket") =>
      ctx.store.db
        .selectFrom(table)
        .select(["id", "customer_id"])
        .where(table === "ticket" ? "customer_id" : "id", "is not", null)
        .orderBy("id")
        .execute();
    const rows = (
      await Promise.all((["conversation", "interaction", "identity", "ticket"] as const).map(of))
    ).flat();
    const mine = new Set(works.flatMap((w) => [w.conversationId, w.interaction.id, w.identityId]));
    return Object.fromEntries(rows.filter((r) => mine.has(r.id)).map((r) => [r.id, r.customer_id]));
  }

  test("two become one: card, conversations, interactions, tickets, timeline and search are the older one's", async () => {
    const ticket = await ticketOf(sms, "Máy hỏng");
    await update(sms.customerId, { tags: ["VIP"], attributes: { city: "Huế" } });
    const one = await link(sms.customerId, fb.customerId);
    expect(one).toMatchObject({
      id: fb.customerId,
      name: "Lan Nguyễn",
      tags: ["VIP"],
      attributes: { city: "Huế" },
    });
    expect(one.identities.map((i) => i.id)).toEqual([fb.identityId, sms.identityId]);
    expect(Object.values(await owners([fb, sms]))).toEqual(Array(6).fill(fb.customerId));
    const found = await ask(ctx, s.ha, {
      name: "ticket.get",
      handler: tickets["ticket.get"],
      input: { ticketId: ticket.id },
    });
    expect(found.ticket).toMatchObject({ customerId: fb.customerId, customerName: "Lan Nguyễn" });
    expect(await timeline(sms.customerId)).toContainEqual(["ticket.created", "Máy hỏng"]);
    expect(await search("hue")).toEqual([fb.customerId]);
    // Whoever still has the other id is led to the one.
    expect(await get(sms.customerId)).toEqual(one);
  });

  test("taken out again, everybody has what they had, and what was written meanwhile", async () => {
    await update(fb.customerId, { tags: ["sỉ"] });
    await update(sms.customerId, { tags: ["VIP"], attributes: { city: "Huế" } });
    const before = [await get(fb.customerId), await get(sms.customerId)];
    await link(fb.customerId, sms.customerId);
    const meanwhile = await ticketOf(sms, "Trong lúc gộp");
    const { customer, taken } = await unlink(fb.customerId, [sms.identityId]);
    const plain = (c: Customer) => ({ ...c, version: 0 });
    expect([customer, taken].map(plain)).toEqual(before.map(plain));
    expect(await owners([fb, sms])).toEqual({
      [fb.conversationId]: fb.customerId,
      [fb.interaction.id]: fb.customerId,
      [fb.identityId]: fb.customerId,
      [sms.conversationId]: sms.customerId,
      [sms.interaction.id]: sms.customerId,
      [sms.identityId]: sms.customerId,
    });
    expect(meanwhile.customerId).toBe(fb.customerId);
    expect(await timeline(sms.customerId)).toContainEqual(["ticket.created", "Trong lúc gộp"]);
    expect(await timeline(fb.customerId)).not.toContainEqual(["ticket.created", "Trong lúc gộp"]);
  });

  test("a second link of the same two changes nothing, and neither does taking out what is out", async () => {
    const one = await link(fb.customerId, sms.customerId);
    const told = (await journalOf(ctx, "customer.linked")).length;
    expect(await link(sms.customerId, fb.customerId)).toEqual(one);
    expect(await journalOf(ctx, "customer.linked")).toHaveLength(told);
    const first = await unlink(one.id, [sms.identityId]);
    const again = await unlink(fb.customerId, [sms.identityId]);
    expect(again).toEqual(first);
  });

  test("of many who link one customer with others at once, one wins and the others are told", async () => {
    const others = [sms, ...(await Promise.all([1, 2, 3].map(() => work(ctx, s, { queueId: s.care }))))];
    const one = await get(fb.customerId);
    const results = await Promise.allSettled(
      others.map(async (w) => {
        const handler = handlers["customer.link"];
        const { id: otherId, version: otherVersion } = await get(w.customerId);
        const input = { customerId: one.id, version: one.version, otherId, otherVersion };
        return ask(ctx, s.ha, { name: "customer.link", handler, input });
      }),
    );
    const lost = results.flatMap((r) => (r.status === "rejected" ? [r.reason] : []));
    expect(lost).toHaveLength(3);
    for (const reason of lost) expect(reason).toMatchObject({ code: "conflict" });
    expect((await get(one.id)).identities).toHaveLength(2);
  });

  test("both are to be seen by who links them, and the permission is needed", async () => {
    await expect(link(fb.customerId, sms.customerId, s.lan)).rejects.toMatchObject({ code: "not_found" });
    await expect(link(fb.customerId, sms.customerId, s.admin)).rejects.toThrow("not allowed");
    await link(fb.customerId, sms.customerId);
    await expect(unlink(fb.customerId, [sms.identityId], s.admin)).rejects.toThrow("not allowed");
    const stranger = await work(ctx, s, { queueId: s.warranty });
    await expect(unlink(fb.customerId, [stranger.identityId], s.lan)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("it is told to all who see either, masked where they see no numbers, and audited", async () => {
    await update(sms.customerId, { name: "0901234567" });
    await link(fb.customerId, sms.customerId);
    const last = (await journalOf(ctx, "customer.linked")).at(-1);
    expect(last?.scopes.toSorted()).toEqual([`queue:${s.care}`, `queue:${s.warranty}`, "all"].sort());
    const audits = await ctx.store.db
      .selectFrom("audit")
      .select(["actor_id", "detail"])
      .where("action", "=", "customer.linked")
      .where("target", "=", fb.customerId)
      .execute();
    expect(audits).toEqual([{ actor_id: s.ha.userId, detail: '{"names":["Lan Nguyễn","0901 *** 567"]}' }]);
  });

  test("a name that the vendor tells is that identity's own, and goes with it", async () => {
    await link(fb.customerId, sms.customerId);
    const later = { identityId: sms.identityId, name: "Lan N.", at: ctx.clock.now() };
    await ctx.store.write((tx) => applyProfile(tx, later));
    expect((await get(fb.customerId)).name).toBe("Lan Nguyễn");
    const { taken } = await unlink(fb.customerId, [sms.identityId]);
    expect(taken.name).toBe("Lan N.");
  });

  test("whatever is linked and taken out, in the end it is as if only the links that are left had been made", async () => {
    const works: Work[] = [];
    for (let n = 0; n < 4; n++) {
      const w = await work(ctx, s, {
        queueId: n % 2 ? s.care : s.warranty,
        name: n === 0 ? "#000000" : `Khách ${n}`,
      });
      await ticketOf(w, `Phiếu ${n}`);
      await update(w.customerId, { tags: [`t${n}`, "chung"], attributes: { [`a${n % 2}`]: `${n}` } });
      works.push(w);
    }
    const at = (n: number): Work => works[n] ?? fb;
    const apart = async () => {
      for (const w of works) {
        const card = await get(w.customerId);
        if (card.identities.length > 1) await unlink(card.id, [w.identityId]);
      }
    };
    /** All that anybody can see of them, without what tells how often they were changed. */
    const seen = async () => ({
      cards: await Promise.all(works.map(async (w) => ({ ...(await get(w.customerId)), version: 0 }))),
      owners: await owners(works),
      timelines: await Promise.all(
        works.map(async (w) => (await timeline(w.customerId)).filter(([name]) => name === "ticket.created")),
      ),
      found: await Promise.all(works.map((_, n) => search(`t${n}`))),
    });
    const index = fc.integer({ min: 0, max: 3 });
    const step = fc.record({ kind: fc.constantFrom("link", "unlink"), a: index, b: index });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        await apart();
        for (const { kind, a, b } of steps)
          if (kind === "unlink") await unlink(at(a).customerId, [at(a).identityId]);
          else await link(at(a).customerId, at(b).customerId);
        const ended = await seen();
        const groups = Map.groupBy([0, 1, 2, 3], (n) => ended.cards[n]?.id);
        await apart();
        for (const [first = 0, ...others] of groups.values())
          for (const n of others.toReversed()) await link(at(first).customerId, at(n).customerId);
        expect(await seen()).toEqual(ended);
      }),
      { numRuns: engine === "sqlite" ? 5 : 3 },
    );
  });
});
