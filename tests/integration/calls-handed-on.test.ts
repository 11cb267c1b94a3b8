import type { Call } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Exchange, withExchange } from "../support/exchange.ts";
import type { Person } from "../support/person.ts";

describe.each(["sqlite", "postgres"] as const)("a call that is handed on, on %s", (engine) => {
  let x: Exchange;
  let lan: Person;
  let minh: Person;
  let callId: string;
  let work: { interactionId: string; version: number };

  beforeEach(async () => {
    x = await withExchange({ engine });
    lan = await x.agent("lan");
    callId = await x.ring();
    x.exchange.answer(callId);
    await x.w.settle();
    minh = await x.agent("minh");
    const { conversation } = await lan.hear("interaction.accepted");
    const { id = "", version = 0 } = conversation.interaction ?? {};
    work = { interactionId: id, version };
  });
  afterEach(() => x.w.close());

  const kept = async (): Promise<Call> => {
    const { conversationId } = (await lan.hear("offer.made")).offer;
    const { calls } = await lan.call("call.list", { conversationId });
    return calls[0] as Call;
  };
  const handOn = (to: { userId: string } | { queueId: string }) =>
    lan.call("interaction.transfer", { ...work, to, note: "Khách hỏi hoá đơn" });
  const since = (what: string) => x.exchange.did.slice(x.exchange.did.indexOf(what));

  test("to a colleague lets its agent go, rings there with the note, and is theirs once they answer", async () => {
    await handOn({ userId: minh.userId });
    await x.w.settle();
    expect(since(`releases ${lan.userId}`)).toEqual([`releases ${lan.userId}`, `rings ${minh.userId}`]);
    const handed = await minh.hear("interaction.transferred");
    expect(handed).toMatchObject({ note: "Khách hỏi hoá đơn", userId: minh.userId });
    expect((await minh.hear("offer.made")).offer.interactionId).toBe(work.interactionId);
    expect(await kept()).toMatchObject({ state: "ringing" });

    x.exchange.answer(callId);
    await x.w.settle();
    expect(await kept()).toMatchObject({ state: "talking", outcome: null });
    const { agent } = await lan.hear(
      "agent.changed",
      (e) => e.agent.userId === lan.userId && e.agent.carries.call === 0,
    );
    expect(agent.state).toBe("available");

    x.exchange.leave(callId);
    await x.w.settle();
    await minh.hear("interaction.ended", (e) => e.conversation.interaction?.ownerId === minh.userId);
    const { legs, outcome } = await kept();
    expect(outcome).toBe("answered");
    expect(legs.map((leg) => [leg.userId, leg.cause?.q850, leg.answeredAt !== null])).toEqual([
      [null, 16, true],
      [lan.userId, 16, true],
      [minh.userId, 16, true],
    ]);
  });

  test("to a colleague who does not take it falls back to its queue", async () => {
    await handOn({ userId: minh.userId });
    await x.w.settle();
    x.exchange.refuse(callId, 21);
    await x.w.settle();
    expect(await kept()).toMatchObject({ state: "ringing" });
    expect(x.exchange.did.at(-1)).toBe(`rings ${lan.userId}`);
  });

  test("to a queue waits there as the router has it", async () => {
    const to = x.w.secondQueueId;
    await handOn({ queueId: to });
    await x.w.settle();
    expect(x.exchange.did.at(-1)).toBe(`releases ${lan.userId}`);
    const { db } = x.w.gateway.ctx.store;
    expect(await db.selectFrom("call").select("state").execute()).toEqual([{ state: "waiting" }]);
    const row = await db.selectFrom("interaction").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: "waiting", queue_id: to, owner_id: null });
  });

  test("and given up while it waits again is owed to the customer", async () => {
    await handOn({ queueId: x.w.secondQueueId });
    await x.w.settle();
    x.exchange.leave(callId);
    await x.w.settle();
    const { store } = x.w.gateway.ctx;
    expect(await store.db.selectFrom("ticket").select("queue_id").execute()).toEqual([
      { queue_id: x.w.secondQueueId },
    ]);
  });

  test("is refused with the reason where it could not ring: no phone, busy, away; the talk goes on", async () => {
    const refused = { code: "conflict" };
    x.exchange.phone(minh.userId, false);
    await x.w.settle();
    await expect(handOn({ userId: minh.userId })).rejects.toMatchObject(refused);
    x.exchange.phone(minh.userId, true);
    await minh.call("agent.set_state", { state: "away", reason: "lunch" });
    await expect(handOn({ userId: minh.userId })).rejects.toMatchObject(refused);
    expect(await kept()).toMatchObject({ state: "talking" });
    expect(x.exchange.did).not.toContain(`releases ${lan.userId}`);
  });

  test("after a word goes to the colleague with its work at once", async () => {
    x.exchange.join(callId, minh.userId);
    await x.w.settle();
    await minh.hear("interaction.transferred", (e) => e.userId === minh.userId);
    await minh.hear("interaction.accepted", (e) => e.conversation.interaction?.ownerId === minh.userId);
    expect(await kept()).toMatchObject({ state: "talking" });
    expect(x.exchange.did).not.toContain(`rings ${minh.userId}`);
    x.exchange.leave(callId);
    await x.w.settle();
    await minh.hear("interaction.ended", (e) => e.conversation.interaction?.ownerId === minh.userId);
  });
});
