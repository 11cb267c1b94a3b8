import { defaultLimits, defaultQueueRules, type QueueRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { conversationOf } from "../support/meta.ts";
import type { Person } from "../support/person.ts";
import { say, talk } from "../support/talk.ts";
import { arrives, interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { PAGE, type World, world } from "../support/world.ts";

/** Each rule as an administrator sets it, and what it does to a customer who writes. */
describe.each(["sqlite", "postgres"] as const)("rules on %s", (engine) => {
  let w: World;
  let admin: Person;
  beforeEach(async () => {
    w = await world({ engine });
    admin = await w.person("quantri", { roles: ["admin"] });
  });
  afterEach(() => w.close());

  /** Changes rules of the first queue and keeps all else. */
  async function rule(change: Partial<QueueRules>): Promise<void> {
    const row = await w.gateway.ctx.store.db
      .selectFrom("queue_member")
      .select("user_id")
      .where("queue_id", "=", w.queueId)
      .execute();
    await admin.call("queue.save", {
      id: w.queueId,
      name: "Chăm sóc khách hàng",
      memberIds: row.map((r) => r.user_id),
      dispositions: [{ name: "Đã giải quyết", resolved: true }],
      rules: { ...defaultQueueRules, ...change },
    });
    await w.settle();
  }

  /** Skills that the first page's work asks for. */
  async function needs(list: { skillId: string; level: number }[]): Promise<void> {
    const account = await w.gateway.ctx.store.db
      .selectFrom("channel_account")
      .select(["name", "version"])
      .where("id", "=", w.accountId)
      .executeTakeFirstOrThrow();
    await admin.call("channel_account.save", {
      ...account,
      id: w.accountId,
      channel: "facebook",
      queueId: w.queueId,
      config: {},
      needs: list,
    });
    await w.settle();
  }

  const skill = async (name: string) => (await admin.call("skill.save", { name })).skill.id;

  const customerId = async (psid: string) => (await conversationOf(w, psid)).customer_id;

  async function changeCustomer(
    by: Person,
    psid: string,
    change: { tags?: string[]; ownerId?: string | null },
  ): Promise<void> {
    const id = await customerId(psid);
    const { customer } = await by.call("customer.get", { customerId: id });
    await by.call("customer.update", { customerId: id, version: customer.version, ...change });
    await w.settle();
  }

  /** The names of those whose work was offered, in order. */
  const offered = (p: Person) => offersTo(p).map((o) => o.customerName);

  const whyWaiting = async (p: Person) => {
    const [work] = await interactions(w);
    const { entries } = await p.call("interaction.history", { interactionId: work?.id ?? "" });
    return entries.findLast((e) => e.name === "interaction.deferred")?.reasons;
  };

  test("a skill is asked for until the next ring, and who learns it meanwhile gets the work at once", async () => {
    const [lan, minh] = [await w.agent("lan"), await w.agent("minh")];
    const skillId = await skill("Hoá đơn");
    await rule({
      rings: [
        { afterMs: 0, needs: [{ skillId, level: 3 }], prefers: [] },
        { afterMs: 45_000, needs: [], prefers: [] },
      ],
    });
    await arrives(w);
    expect([offersTo(lan), offersTo(minh)]).toEqual([[], []]);
    expect(await whyWaiting(lan)).toEqual([{ code: "lacks_skill", agents: 2, of: skillId }]);
    await admin.call("user.update", { userId: minh.userId, skills: { [skillId]: 3 } });
    await w.settle();
    expect(lastOffer(minh).reasons).toEqual([{ code: "longest_idle", ring: 1 }]);

    await admin.call("user.update", { userId: minh.userId, limits: { ...defaultLimits, chat: 1 } });
    await arrives(w);
    await pass(w, 44_000);
    expect(offersTo(lan)).toEqual([]);
    // The first offer was missed meanwhile; nobody is there who has the skill.
    await pass(w, 1_000);
    expect(lastOffer(lan).reasons[0]).toMatchObject({ ring: 2 });
  });

  test("an offer that nobody has answered yet counts: the next customer is for whoever has none", async () => {
    const [lan, minh] = [await w.agent("lan"), await w.agent("minh")];
    for (let n = 0; n < 4; n++) {
      await pass(w, 1_000);
      await arrives(w);
    }
    expect([offersTo(lan).length, offersTo(minh).length]).toEqual([2, 2]);
  });

  test("what a channel account asks for is asked at once of who waits, and hides nobody else's work", async () => {
    const [lan, minh] = [await w.agent("lan"), await w.agent("minh")];
    await rule({ mode: "pull" });
    for (let n = 0; n < 10; n++) await arrives(w);
    const skillId = await skill("Tiếng Anh");
    await needs([{ skillId, level: 2 }]);
    await rule({});
    expect([offersTo(lan), offersTo(minh)]).toEqual([[], []]);
    expect(await whyWaiting(lan)).toEqual([{ code: "lacks_skill", agents: 2, of: skillId }]);
    await expect(admin.call("skill.remove", { id: skillId })).rejects.toMatchObject({ code: "conflict" });
    await admin.call("user.update", { userId: minh.userId, skills: { [skillId]: 2 } });
    await w.settle();
    expect(offersTo(minh)).toHaveLength(3);
    await needs([]);
    expect(offersTo(lan)).toHaveLength(3);
  });

  test("points put a customer before one who came earlier, also when the tag is given while both wait", async () => {
    const ha = await w.person("ha", { roles: ["supervisor"] });
    await rule({ priority: { ...defaultQueueRules.priority, byTag: { VIP: 30 } } });
    const [plain, vip, late] = [await arrives(w), await arrives(w), await arrives(w)];
    await changeCustomer(ha, vip.psid, { tags: ["VIP"] });
    await changeCustomer(ha, late.psid, { tags: ["quen"] });
    const lan = await w.agent("lan");
    await w.settle();
    expect(offered(lan)).toEqual([vip.name, plain.name, late.name]);
  });

  test("a customer whose reply window is about to close goes first", async () => {
    await rule({
      priority: {
        ...defaultQueueRules.priority,
        perMinute: 0,
        byWindow: [{ withinMs: 3_600_000, points: 50 }],
      },
    });
    const [first, second] = [await arrives(w), await arrives(w)];
    await pass(w, 23.5 * 3_600_000);
    // The first one writes again, so only the second one's window is about to close.
    await first.text("Còn đó không?");
    const lan = await w.agent("lan");
    await w.settle();
    expect(offered(lan)).toEqual([second.name, first.name]);
  });

  test("another queue's agents help after a time, see what they are offered, and nothing more", async () => {
    const lan = await w.person("lan");
    const minh = await w.person("minh", { queues: "none" });
    await admin.call("queue.save", {
      id: w.secondQueueId,
      name: "Bảo hành",
      memberIds: [minh.userId],
      dispositions: [{ name: "Xong", resolved: true }],
    });
    await minh.call("agent.set_state", { state: "available" });
    await rule({ overflow: [{ queueId: w.secondQueueId, afterMs: 60_000, longerThan: null }] });
    await arrives(w);
    await pass(w, 59_000);
    expect(offersTo(minh)).toEqual([]);
    await pass(w, 1_000);
    const offer = lastOffer(minh);
    expect(offer.reasons).toEqual([{ code: "longest_idle", ring: 1, helps: w.queueId }]);
    const { conversation } = await minh.call("conversation.get", { conversationId: offer.conversationId });
    expect(conversation.queueId).toBe(w.queueId);
    expect(offersTo(lan)).toEqual([]);
  });

  test("another queue's agents help when the line is longer than a number", async () => {
    const minh = await w.person("minh", { queues: "none" });
    await admin.call("queue.save", {
      id: w.secondQueueId,
      name: "Bảo hành",
      memberIds: [minh.userId],
      dispositions: [{ name: "Xong", resolved: true }],
    });
    await minh.call("agent.set_state", { state: "available" });
    await rule({ overflow: [{ queueId: w.secondQueueId, afterMs: null, longerThan: 2 }] });
    const first = await arrives(w);
    await arrives(w);
    expect(offersTo(minh)).toEqual([]);
    await arrives(w);
    expect(offered(minh)[0]).toBe(first.name);
  });

  test("where agents pick for themselves nobody is asked", async () => {
    const lan = await w.person("lan");
    await arrives(w);
    expect(await whyWaiting(lan)).toEqual([{ code: "not_available", agents: 1, of: "offline" }]);
    await rule({ mode: "pull" });
    expect(await whyWaiting(lan)).toEqual([{ code: "agents_pick", agents: 0 }]);
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    expect(offersTo(lan)).toEqual([]);
    const [work] = await interactions(w);
    const { interaction } = await lan.call("interaction.claim", { interactionId: work?.id ?? "" });
    expect(interaction.ownerId).toBe(lan.userId);
    await arrives(w);
    // Pushed again, what waits is offered at once.
    await rule({});
    expect(offersTo(lan)).toHaveLength(1);
  });

  test("work is kept for the agent who had the customer last, for as long as the queue says", async () => {
    const t = await talk(w);
    await admin.call("user.update", { userId: t.agent.userId, limits: { ...defaultLimits, chat: 1 } });
    await t.agent.call("interaction.close", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
      disposition: "Đã giải quyết",
    });
    await arrives(w);
    await t.agent.call("offer.accept", { offerId: lastOffer(t.agent).id });
    const minh = await w.agent("minh");
    await t.customer.text("Em hỏi thêm");
    await w.settle();
    expect(offersTo(minh)).toEqual([]);
    await pass(w, 30_000);
    expect(offered(minh)).toEqual([t.customer.name]);
  });

  test("work is not handed to somebody who takes none of its kind: it would wait for them alone", async () => {
    const t = await talk(w);
    const minh = await w.agent("minh");
    await admin.call("user.update", { userId: minh.userId, limits: { ...defaultLimits, chat: 0 } });
    const { id: interactionId, version } = t.interaction;
    await expect(
      t.agent.call("interaction.transfer", { interactionId, version, to: { userId: minh.userId } }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  test("work that is kept for an agent of another queue comes as soon as that agent is free", async () => {
    const lan = await w.agent("lan");
    const minh = await w.person("minh", { queues: "none" });
    await minh.call("agent.set_state", { state: "available" });
    await admin.call("user.update", { userId: minh.userId, limits: { ...defaultLimits, chat: 1 } });
    await rule({ mode: "pull", ownerMs: 3_600_000 });
    const busy = await arrives(w);
    const customer = await arrives(w);
    const ha = await w.person("ha", { roles: ["supervisor"] });
    await changeCustomer(ha, busy.psid, { ownerId: minh.userId });
    const { interaction } = await minh.call("offer.accept", { offerId: lastOffer(minh).id });
    await changeCustomer(ha, customer.psid, { ownerId: minh.userId });
    await minh.call("interaction.close", {
      interactionId: interaction.id,
      version: interaction.version,
      disposition: "Đã giải quyết",
    });
    await w.settle();
    expect(lastOffer(minh).reasons).toEqual([{ code: "customer_owner", ring: 1 }]);
    expect(offersTo(minh)).toHaveLength(2);
    expect(offersTo(lan)).toEqual([]);
  });

  test("the agent who looks after a customer is asked first, while there", async () => {
    const [lan, minh] = [await w.agent("lan"), await w.person("minh")];
    await lan.call("agent.set_state", { state: "away", reason: "lunch" });
    const customer = await arrives(w);
    await changeCustomer(await w.person("ha", { roles: ["supervisor"] }), customer.psid, {
      ownerId: minh.userId,
    });
    expect(offersTo(minh)).toEqual([]);
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    // The owner is not there: the work does not wait.
    expect(lastOffer(lan).reasons).toEqual([{ code: "longest_idle", ring: 1 }]);
    await minh.call("agent.set_state", { state: "available" });
    await lan.call("offer.decline", { offerId: lastOffer(lan).id });
    await w.settle();
    expect(lastOffer(minh).reasons).toEqual([{ code: "customer_owner", ring: 1 }]);
  });

  test("a chat whose customer owes the next word leaves room for another one, where the rule says so", async () => {
    await admin.call("capacity.save", { idleChat: 0, interrupts: [] });
    const t = await talk(w);
    await admin.call("user.update", { userId: t.agent.userId, limits: { ...defaultLimits, chat: 1 } });
    const other = await arrives(w);
    expect(offersTo(t.agent)).toHaveLength(1);
    await say(t, "Chị chờ em một chút nhé");
    await w.settle();
    expect(offersTo(t.agent)).toHaveLength(2);
    expect(lastOffer(t.agent).conversationId).toBe((await conversationOf(w, other.psid)).id);
  });

  test("rules that name what is not there are refused and change nothing", async () => {
    const unknown = crypto.randomUUID();
    const head = await w.gateway.ctx.store.head();
    const wrong = [
      { overflow: [{ queueId: unknown, afterMs: 0, longerThan: null }] },
      { overflow: [{ queueId: w.queueId, afterMs: 0, longerThan: null }] },
      { rings: [{ afterMs: 0, needs: [{ skillId: unknown, level: 1 }], prefers: [] }] },
      { rings: [{ afterMs: 5, needs: [], prefers: [] }] },
      { rings: [] },
    ];
    for (const change of wrong)
      await expect(rule(change)).rejects.toMatchObject({
        code: expect.stringMatching(/^(invalid_input|not_found)$/),
      });
    const lan = await w.person("lan");
    const before = await w.gateway.ctx.store.head();
    expect(before).toBeGreaterThan(head);
    await expect(
      admin.call("user.update", { userId: lan.userId, skills: { [unknown]: 2 } }),
    ).rejects.toMatchObject({ code: "not_found" });
    const skillId = await skill("Tiếng Anh");
    await admin.call("user.update", { userId: lan.userId, skills: { [skillId]: 2 } });
    await expect(admin.call("skill.remove", { id: skillId })).rejects.toMatchObject({ code: "conflict" });
    await expect(lan.call("skill.save", { name: "Khác" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(lan.call("capacity.save", { idleChat: 0, interrupts: [] })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("a pass looks at a share of each line, and still everybody is served in the end", async () => {
    const lan = await w.person("lan");
    await admin.call("user.update", { userId: lan.userId, limits: { ...defaultLimits, chat: 50 } });
    const customers = Array.from({ length: 30 }, (_, i) =>
      w.facebook.customer({ pageId: PAGE.pageId, name: `Đông ${i}` }),
    );
    for (const customer of customers) await customer.text("Xin chào");
    await w.settle();
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    expect(offersTo(lan)).toHaveLength(30);
  });
});
