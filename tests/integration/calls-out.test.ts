import { type Call, defaultOutboundRules, type OutboundRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Exchange, withExchange } from "../support/exchange.ts";
import type { Person } from "../support/person.ts";

const HOA = "0909123456";

/** Ten in the morning of a Monday in Vietnam. */
const startAt = "2026-11-23T03:00:00Z";

describe.each(["sqlite", "postgres"] as const)("calls out on %s", (engine) => {
  let x: Exchange;
  let lan: Person;
  beforeEach(async () => {
    x = await withExchange({ engine, startAt });
    lan = await x.agent("lan");
  });
  afterEach(() => x.w.close());

  const dial = (who: Person, o: { number?: string; purpose?: "advertising"; clientId?: string } = {}) =>
    who.call("call.dial", {
      clientId: o.clientId ?? crypto.randomUUID(),
      to: { number: o.number ?? HOA },
      ...(o.purpose ? { purpose: o.purpose } : {}),
    });
  /** Their phone calls what it was given, or anything else. */
  async function phoneCalls(who: Person, called: string): Promise<string> {
    const callId = x.exchange.call({ origin: "agent", originId: who.userId, number: null, called });
    await x.w.settle();
    return callId;
  }
  const lastOf = (who: Person, callId: string): Call | undefined =>
    who.heard
      .flatMap((e) => (e.name === "call.changed" && e.data.call.id === callId ? [e.data.call] : []))
      .at(-1);
  async function rules(change: Partial<OutboundRules>): Promise<void> {
    const admin = await x.w.person("admin", { roles: ["admin"] });
    await admin.call("outbound_rules.save", { ...defaultOutboundRules, ...change });
  }
  const refused = (obstacle: string) => ({ code: "call_refused", details: { obstacle } });

  test("an agent calls a customer: our number is shown, the work is the agent's, and is wrapped up after the talk", async () => {
    const { address, interactionId, conversation } = await dial(lan);
    const callId = await phoneCalls(lan, address);
    expect(x.exchange.did).toEqual(["calls +84909123456 as 19001234"]);
    const opened = await lan.hear("interaction.opened");
    expect(opened.conversation.interaction).toMatchObject({
      id: interactionId,
      state: "active",
      ownerId: lan.userId,
    });
    expect(lastOf(lan, callId)).toMatchObject({
      state: "ringing",
      direction: "out",
      conversationId: conversation.id,
    });
    // Whoever sees the call does not read the number by it.
    expect(JSON.stringify(lan.heard)).not.toContain("909123456");

    x.exchange.answer(callId);
    await x.w.settle();
    expect(lastOf(lan, callId)).toMatchObject({ state: "talking" });
    x.exchange.leave(callId);
    await x.w.settle();
    await lan.hear("interaction.ended", (e) => e.conversation.interaction?.state === "wrap_up");
    expect(lastOf(lan, callId)).toMatchObject({ state: "ended", outcome: "answered", cause: { q850: 16 } });
  });

  test("a customer who is busy is told by the cause, on the leg and on the call", async () => {
    const { address } = await dial(lan);
    const callId = await phoneCalls(lan, address);
    x.exchange.refuse(callId, 17);
    await x.w.settle();
    const call = lastOf(lan, callId);
    expect(call).toMatchObject({ outcome: "unanswered", cause: { q850: 17, by: "party" } });
    expect(call?.legs.map((leg) => [leg.userId, leg.phase, leg.cause?.q850])).toEqual([
      [lan.userId, "down", 17],
      [null, "down", 17],
    ]);
  });

  test("whoever called before is the customer of before, called back in the same conversation", async () => {
    const callId = await x.ring(HOA);
    const { offer } = await lan.hear("offer.made");
    x.exchange.leave(callId);
    await x.w.settle();
    const seen = await lan.call("customer.get", { customerId: offer.customerId });
    const [identity] = seen.customer.identities;
    const { conversation } = await lan.call("call.dial", {
      clientId: crypto.randomUUID(),
      to: { identityId: identity?.id ?? "" },
    });
    expect(conversation).toMatchObject({ id: offer.conversationId, customerId: offer.customerId });
  });

  test("the same command again is the same call, and a phone calls it once", async () => {
    const clientId = crypto.randomUUID();
    const [one, two] = [await dial(lan, { clientId }), await dial(lan, { clientId })];
    expect(two).toEqual(one);
    await phoneCalls(lan, one.address);
    await phoneCalls(lan, one.address);
    expect(x.exchange.did).toEqual(["calls +84909123456 as 19001234", "ends barred"]);
  });

  test("a phone that was given nothing, another's, or that comes too late is barred, and the audit says so", async () => {
    const minh = await x.agent("minh");
    const { address } = await dial(lan);
    for (const called of ["+84909123456", "900", "out-nonsense", `out-${crypto.randomUUID()}`])
      await phoneCalls(lan, called);
    await phoneCalls(minh, address);
    x.w.clock.advance(30_000);
    await x.w.settle();
    await phoneCalls(lan, address);
    expect(x.exchange.did).toEqual(Array(6).fill("ends barred"));
    const { store } = x.w.gateway.ctx;
    const noted = await store.db
      .selectFrom("audit")
      .select("target")
      .where("action", "=", "call.barred")
      .execute();
    expect(noted.map((n) => n.target).sort()).toEqual(
      [lan, lan, lan, lan, lan, minh].map((p) => p.userId).sort(),
    );
    expect(await store.db.selectFrom("call").selectAll().execute()).toEqual([]);
  });

  test("the rules refuse with what is in the way, and nothing is left of it", async () => {
    await rules({ perAgent: 2 });
    await expect(dial(lan, { number: "+1 212 555 0100" })).rejects.toMatchObject(refused("country"));
    await expect(dial(lan, { number: "1900 1234" })).rejects.toMatchObject(refused("premium"));
    await expect(dial(lan, { number: "12" })).rejects.toMatchObject(refused("bad_number"));
    const { store } = x.w.gateway.ctx;
    expect(await store.db.selectFrom("conversation").selectAll().execute()).toEqual([]);
    // Two at once do not pass for one.
    const tries = await Promise.allSettled([
      dial(lan),
      dial(lan, { number: "0909000001" }),
      dial(lan, { number: "0909000002" }),
    ]);
    expect(tries.map((t) => t.status).sort()).toEqual(["fulfilled", "fulfilled", "rejected"]);
    await expect(dial(lan)).rejects.toMatchObject({
      ...refused("agent_limit"),
      details: { obstacle: "agent_limit", limit: 2, until: Date.parse("2026-11-24T00:00:00+07:00") },
    });
  });

  test("to advertise one calls within the hours of the law, and once a day", async () => {
    await dial(lan, { purpose: "advertising" });
    await expect(dial(lan, { purpose: "advertising" })).rejects.toMatchObject(refused("called_today"));
    await dial(lan);
    x.w.clock.advance(7 * 3_600_000);
    await expect(dial(lan, { purpose: "advertising", number: "0909000001" })).rejects.toMatchObject({
      code: "call_refused",
      details: { obstacle: "hours", until: Date.parse("2026-11-24T08:00:00+07:00") },
    });
  });

  test("an emergency number is always called", async () => {
    await rules({ enabled: false, countries: [], perAgent: 1 });
    await expect(dial(lan)).rejects.toMatchObject(refused("switched_off"));
    const { address } = await dial(lan, { number: "113" });
    await phoneCalls(lan, address);
    expect(x.exchange.did).toEqual(["calls 113 as 19001234"]);
  });

  test("without permission, phone or number of ours nobody calls out", async () => {
    const admin = await x.w.person("boss", { roles: ["admin"] });
    await expect(dial(admin)).rejects.toMatchObject({ code: "forbidden" });
    await expect(admin.call("call.pad", {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(lan.call("outbound_rules.get", {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(dial(await x.w.agent("minh"))).rejects.toMatchObject(refused("no_phone"));
    const other = await x.w.person("hai", { queues: "none" });
    x.exchange.phone(other.userId, true);
    await x.w.settle();
    await expect(dial(other)).rejects.toMatchObject(refused("no_caller_number"));
    await expect(
      lan.call("call.dial", {
        clientId: crypto.randomUUID(),
        to: { number: HOA },
        queueId: x.w.secondQueueId,
      }),
    ).rejects.toMatchObject(refused("no_caller_number"));
  });

  test("by the rules a queue is called for with another number, which the pad names beside whom one called last", async () => {
    const minh = await x.w.person("minh", { queues: "both" });
    x.exchange.phone(minh.userId, true);
    await x.w.settle();
    await rules({ callers: [{ queueId: x.w.secondQueueId, accountId: x.accountId }], perAgent: 5 });
    const { conversation, address } = await minh.call("call.dial", {
      clientId: crypto.randomUUID(),
      to: { number: HOA },
      queueId: x.w.secondQueueId,
    });
    await phoneCalls(minh, address);
    const { conversation: now } = await minh.hear("interaction.opened");
    expect(now.interaction?.queueId).toBe(x.w.secondQueueId);
    const pad = await minh.call("call.pad", {});
    expect(pad.callers.map((c) => c.queueId).sort()).toEqual([x.w.queueId, x.w.secondQueueId].sort());
    expect(pad.left).toBe(4);
    expect(pad.recent).toMatchObject([{ conversationId: conversation.id, number: "0909 *** 456" }]);
  });

  test("a customer whom somebody else has in hand is called beside it", async () => {
    const minh = await x.agent("minh");
    const first = await dial(lan);
    await phoneCalls(lan, first.address);
    const second = await dial(minh);
    expect(second.conversation.id).not.toBe(first.conversation.id);
    expect(second.conversation.customerId).toBe(first.conversation.customerId);
    // Who has it in hand already goes on there.
    const again = await dial(lan);
    expect(again).toMatchObject({
      interactionId: first.interactionId,
      conversation: { id: first.conversation.id },
    });
  });

  test("saving rules over somebody else's is refused", async () => {
    await rules({ premium: true });
    const other = await x.w.person("boss", { roles: ["admin"] });
    await expect(other.call("outbound_rules.save", defaultOutboundRules)).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await other.call("outbound_rules.get", {})).rules).toMatchObject({ premium: true, version: 2 });
  });
});
