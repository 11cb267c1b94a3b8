import { afterEach, beforeEach, expect, test } from "vitest";
import { type Exchange, withExchange } from "../support/exchange.ts";

let x: Exchange;
beforeEach(async () => {
  x = await withExchange();
});
afterEach(() => x.w.close());

test("an offer of a call is taken by answering the phone, not by the screen", async () => {
  const lan = await x.agent("lan");
  await x.ring();
  const { offer } = await lan.hear("offer.made");
  await expect(lan.call("offer.accept", { offerId: offer.id })).rejects.toMatchObject({
    code: "illegal_transition",
  });
});

test("who takes a waiting call by hand has it ring at their own phone, and only there", async () => {
  const [lan, minh] = [await x.agent("lan"), await x.agent("minh")];
  await x.ring();
  const { offer } = await lan.hear("offer.made");
  await minh.call("interaction.claim", { interactionId: offer.interactionId });
  await x.w.settle();
  expect(x.exchange.did.slice(1)).toEqual([
    `rings ${lan.userId}`,
    `stops ${lan.userId}`,
    `rings ${minh.userId}`,
  ]);
});

test("who has no phone cannot take a call by hand", async () => {
  const lan = await x.w.agent("lan");
  await x.ring();
  const { conversation } = await lan.hear("interaction.opened");
  const interactionId = conversation.interaction?.id ?? "";
  await expect(lan.call("interaction.claim", { interactionId })).rejects.toMatchObject({ code: "conflict" });
});

test("a call that goes on is neither parked nor left by signing off, and is not handed on once it is over", async () => {
  const lan = await x.agent("lan");
  const callId = await x.ring();
  x.exchange.answer(callId);
  await x.w.settle();
  const { conversation } = await lan.hear("interaction.accepted");
  const { id: interactionId, version } = conversation.interaction ?? { id: "", version: 0 };
  const atThePhone = { code: "illegal_transition" };
  const note = "";
  const until = x.w.clock.now() + 3_600_000;
  await expect(
    lan.call("interaction.park", { interactionId, version, until, returnTo: "agent", note }),
  ).rejects.toMatchObject(atThePhone);
  await expect(lan.call("agent.sign_off", { work: { what: "return" }, note })).rejects.toMatchObject(
    atThePhone,
  );
  x.exchange.leave(callId);
  await x.w.settle();
  const ended = await lan.hear("interaction.ended");
  const over = { interactionId, version: ended.conversation.interaction?.version ?? 0 };
  await expect(
    lan.call("interaction.transfer", { ...over, to: { queueId: x.w.secondQueueId }, note }),
  ).rejects.toMatchObject(atThePhone);
});

test("nothing can be written to somebody who calls, and no work begins without a call", async () => {
  const lan = await x.agent("lan");
  const callId = await x.ring();
  x.exchange.leave(callId);
  await x.w.settle();
  const { conversation } = await lan.hear("interaction.opened");
  const { id: conversationId } = conversation;
  await expect(
    lan.call("message.send", { clientId: crypto.randomUUID(), conversationId, text: "Xin chào" }),
  ).rejects.toMatchObject({ code: "invalid_input" });
  await expect(lan.call("interaction.start", { conversationId })).rejects.toMatchObject({
    code: "illegal_transition",
  });
});

test("whoever calls while the queue is closed is owed a call, and is not kept waiting", async () => {
  const lan = await x.agent("lan");
  const { ctx } = x.w.gateway;
  const admin = await x.w.person("admin", { roles: ["admin"] });
  const { hours } = await admin.call("hours.save", {
    id: null,
    name: "Không bao giờ",
    timeZone: "Asia/Ho_Chi_Minh",
    weekly: [[], [], [], [], [], [], []],
    days: [],
  });
  await ctx.store.write((tx) =>
    tx.db.updateTable("queue").set({ hours_id: hours.id }).where("id", "=", x.w.queueId).execute(),
  );
  await x.ring();
  expect(x.exchange.did).toEqual(["ends no answer"]);
  await lan.hear("ticket.created");
  const { call } = await lan.hear("call.changed", (e) => e.call.state === "ended");
  expect(call.outcome).toBe("unanswered");
});

test("a queue that promises to call back after a while does so, and lets the caller go", async () => {
  const lan = await x.w.agent("lan");
  const waiting = { steps: [{ afterMs: 20_000, action: "call_back" }], place: null };
  await x.w.gateway.ctx.store.write((tx) =>
    tx.db
      .updateTable("queue")
      .set({ waiting: JSON.stringify(waiting) })
      .where("id", "=", x.w.queueId)
      .execute(),
  );
  await x.ring();
  x.w.clock.advance(20_000);
  await x.w.settle();
  expect(x.exchange.did).toEqual(["queued 1", "ends normal"]);
  const { ticket } = await lan.hear("ticket.created");
  expect(ticket.dueAt).not.toBeNull();
});

test("words for whoever waits long are not written to a caller", async () => {
  const waiting = { steps: [{ afterMs: 20_000, action: "message", text: "Xin chờ" }], place: null };
  const { store } = x.w.gateway.ctx;
  await store.write((tx) =>
    tx.db
      .updateTable("queue")
      .set({ waiting: JSON.stringify(waiting) })
      .where("id", "=", x.w.queueId)
      .execute(),
  );
  await x.ring();
  x.w.clock.advance(20_000);
  await x.w.settle();
  expect(await store.db.selectFrom("message").selectAll().execute()).toEqual([]);
});
