import type { Call } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Exchange, withExchange } from "../support/exchange.ts";
import type { Person } from "../support/person.ts";

describe.each(["sqlite", "postgres"] as const)("calls on %s", (engine) => {
  let x: Exchange;
  beforeEach(async () => {
    x = await withExchange({ engine });
  });
  afterEach(() => x.w.close());

  /** The last that somebody heard of a call. */
  const lastOf = (who: Person, callId: string): Call | undefined =>
    who.heard
      .flatMap((e) => (e.name === "call.changed" && e.data.call.id === callId ? [e.data.call] : []))
      .at(-1);
  const names = (who: Person) => who.heard.map((e) => e.name);
  const tickets = async (who: Person) => (await who.call("ticket.list", { query: {} })).tickets;

  test("a customer rings, the agent sees the offer before it rings, answers, and wraps up after the talk", async () => {
    const lan = await x.agent("lan");
    const callId = await x.ring();
    expect(x.exchange.did).toEqual(["queued 1", `rings ${lan.userId}`]);
    const { offer } = await lan.hear("offer.made");
    expect(offer).toMatchObject({ channel: "voice", userId: lan.userId });
    // The screen pop stands before its phone is called.
    const rang = lan.heard.findIndex((e) => e.name === "call.changed" && e.data.call.state === "ringing");
    expect(names(lan).indexOf("offer.made")).toBeLessThan(rang);

    x.exchange.answer(callId);
    await x.w.settle();
    const { conversation } = await lan.hear("interaction.accepted");
    expect(conversation.interaction).toMatchObject({
      state: "active",
      ownerId: lan.userId,
      channel: "voice",
    });
    expect(lastOf(lan, callId)).toMatchObject({ state: "talking", called: "19001234", direction: "in" });

    x.exchange.leave(callId);
    await x.w.settle();
    await lan.hear("interaction.ended", (e) => e.conversation.interaction?.state === "wrap_up");
    expect(lastOf(lan, callId)).toMatchObject({
      state: "ended",
      outcome: "answered",
      cause: { q850: 16, by: "party" },
    });
    const { calls } = await lan.call("call.list", { conversationId: conversation.id });
    expect(calls.map((c) => c.id)).toEqual([callId]);
  });

  test("whoever calls again is the customer of before, by however the number is written", async () => {
    const lan = await x.agent("lan");
    const callId = await x.ring("+84901234567");
    const { offer: first } = await lan.hear("offer.made");
    x.exchange.leave(callId);
    await x.w.settle();
    await x.ring("0901234567");
    const { offer } = await lan.hear("offer.made", (e) => e.offer.id !== first.id);
    expect(offer.customerId).toBe(first.customerId);
    expect(offer.conversationId).toBe(first.conversationId);
  });

  test("two who call at once by one number, a company's, are two conversations of one customer", async () => {
    const [lan, minh] = [await x.agent("lan"), await x.agent("minh")];
    await x.ring();
    await x.ring();
    const [a, b] = [(await lan.hear("offer.made")).offer, (await minh.hear("offer.made")).offer];
    expect(a.customerId).toBe(b.customerId);
    expect(a.conversationId).not.toBe(b.conversationId);
  });

  test("declined at the phone or at the desk, it rings at the next agent, and no more at the first", async () => {
    const [lan, minh] = [await x.agent("lan"), await x.agent("minh")];
    const callId = await x.ring();
    const { offer } = await lan.hear("offer.made");
    await lan.call("offer.decline", { offerId: offer.id });
    await x.w.settle();
    expect(x.exchange.did.slice(1)).toEqual([
      `rings ${lan.userId}`,
      `stops ${lan.userId}`,
      `rings ${minh.userId}`,
    ]);
    x.exchange.refuse(callId, 21);
    await x.w.settle();
    await minh.hear("interaction.declined", (e) => e.userId === minh.userId);
    await lan.hear("interaction.deferred", (e) => e.reasons.some((r) => r.code === "declined"));
    expect(lastOf(lan, callId)).toMatchObject({ state: "waiting" });
    expect(lastOf(lan, callId)?.legs.map((leg) => [leg.userId, leg.cause?.q850])).toEqual([
      [null, undefined],
      [lan.userId, 19],
      [minh.userId, 21],
    ]);
  });

  test("not answered in time, the agent is away and the next one's phone rings", async () => {
    const lan = await x.agent("lan");
    await x.ring();
    const minh = await x.agent("minh");
    x.w.clock.advance(30_000);
    await x.w.settle();
    expect(x.exchange.did.slice(1)).toEqual([
      `rings ${lan.userId}`,
      `stops ${lan.userId}`,
      `rings ${minh.userId}`,
    ]);
    await lan.hear("agent.changed", ({ agent }) => agent.userId === lan.userId && agent.reason === "missed");
  });

  test("an agent without a phone is not asked, and the reason is told", async () => {
    const lan = await x.w.agent("lan");
    await x.ring();
    const { reasons } = await lan.hear("interaction.deferred");
    expect(reasons).toEqual([{ code: "no_phone", agents: 1 }]);
    x.exchange.phone(lan.userId, true);
    await x.w.settle();
    expect(x.exchange.did).toContain(`rings ${lan.userId}`);
  });

  test("a phone that goes while it rings is not asked again, and another one is", async () => {
    const lan = await x.agent("lan");
    const callId = await x.ring();
    const minh = await x.agent("minh");
    x.exchange.phone(lan.userId, false);
    x.exchange.refuse(callId, 27);
    await x.w.settle();
    expect(x.exchange.did.slice(1)).toEqual([`rings ${lan.userId}`, `rings ${minh.userId}`]);
  });

  test("who gives up is owed a call: one ticket, however often they try", async () => {
    const lan = await x.agent("lan");
    for (let n = 0; n < 2; n++) {
      const callId = await x.ring();
      x.exchange.leave(callId);
      await x.w.settle();
      expect(lastOf(lan, callId)).toMatchObject({ state: "ended", outcome: "abandoned" });
    }
    const [ticket, ...others] = await tickets(lan);
    expect(others).toEqual([]);
    expect(ticket?.interactionIds).toHaveLength(2);
    const { agent } = await lan.hear("agent.changed", (e) => e.agent.carries.call === 0);
    expect(agent.state).toBe("available");
  });

  test("the agent who ends the work hangs up", async () => {
    const lan = await x.agent("lan");
    const callId = await x.ring();
    x.exchange.answer(callId);
    await x.w.settle();
    const { conversation } = await lan.hear("interaction.accepted");
    const { id, version } = conversation.interaction ?? { id: "", version: 0 };
    await lan.call("interaction.end", { interactionId: id, version });
    await x.w.settle();
    expect(x.exchange.did.at(-1)).toBe("ends normal");
    expect(lastOf(lan, callId)).toMatchObject({ outcome: "answered", cause: { by: "edge" } });
  });

  test("places in the line are told as it moves", async () => {
    const first = await x.ring("0901000001");
    await x.ring("0901000002");
    expect(x.exchange.did).toEqual(["queued 1", "queued 2"]);
    x.exchange.leave(first);
    await x.w.settle();
    expect(x.exchange.did).toEqual(["queued 1", "queued 2", "queued 1"]);
  });

  test("a number that is not ours is turned away and leaves no trace", async () => {
    const lan = await x.agent("lan");
    x.exchange.call({ origin: "trunk", originId: "carrier", number: "0901234567", called: "5555" });
    await x.w.settle();
    expect(x.exchange.did).toEqual(["ends unallocated"]);
    expect(names(lan)).not.toContain("call.changed");
  });

  test("after a restart open calls are lost, are told so, and whoever waited is owed a call", async () => {
    const lan = await x.agent("lan");
    const talked = await x.ring("0901000001");
    x.exchange.answer(talked);
    // They are told apart below by when they began.
    x.w.clock.advance(1_000);
    const waited = await x.ring("0901000002");
    await x.w.settle();
    const rows = () =>
      x.w.gateway.ctx.store.db.selectFrom("call").selectAll().orderBy("started_at").execute();
    expect((await rows()).map((r) => r.state)).toEqual(["talking", "waiting"]);
    await x.w.restart();
    await lan.connect();
    expect((await rows()).map((r) => [r.id, r.state, r.outcome])).toEqual([
      [talked, "ended", "lost"],
      [waited, "ended", "lost"],
    ]);
    const { list } = { list: await tickets(lan) };
    expect(list).toHaveLength(1);
    const work = await x.w.gateway.ctx.store.db
      .selectFrom("interaction")
      .select("state")
      .orderBy("opened_at")
      .execute();
    expect(work.map((i) => i.state)).toEqual(["wrap_up", "closed"]);
  });
});
