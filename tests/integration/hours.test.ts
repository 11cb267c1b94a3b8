import type { OutOfHours } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { entryOf, freshMid, fromCustomer, rowsOf } from "../support/meta.ts";
import * as hours from "../support/opening.ts";
import type { Person } from "../support/person.ts";
import { say } from "../support/talk.ts";
import { drain } from "../support/until.ts";
import { arrives, interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { APP, PAGE, type World, world } from "../support/world.ts";

const MINUTE = 60_000;
const GREETING = "Dạ bên em nghỉ, sáng mai em trả lời ạ.";

describe.each(["sqlite", "postgres"] as const)("hours on %s", (engine) => {
  let w: World;
  let admin: Person;
  beforeEach(async () => {
    w = await world({ engine });
    admin = await w.person("quan-tri", { roles: ["admin"] });
  });
  afterEach(() => w.close());

  const saveHours = (from: number, to: number, id?: string) =>
    hours.saveHours({ w, admin }, { from, to, ...(id ? { id } : {}) });
  const goBy = (hoursId: string | null, o: { queueId?: string; outOfHours?: OutOfHours } = {}) =>
    hours.goBy({ w, admin }, hoursId, o);

  const tickets = () => w.gateway.ctx.store.db.selectFrom("ticket").selectAll().execute();
  const messages = () => w.gateway.ctx.store.db.selectFrom("message").selectAll().orderBy("id").execute();
  const reasonsHeard = (p: Person, name: string) =>
    p.heard.flatMap((e) =>
      e.name === name && "reasons" in e.data ? [e.data.reasons.map((why) => why.code)] : [],
    );

  test("what comes to a closed queue is answered once, waits, and is offered when it opens", async () => {
    const lan = await w.agent("lan");
    await goBy(await saveHours(60, 300), { outOfHours: { reply: GREETING, action: "hold" } });
    const customer = await arrives(w, { text: "Còn hàng không em?" });
    await customer.text("Alo");
    await w.settle();
    expect(offersTo(lan)).toEqual([]);
    expect(reasonsHeard(lan, "interaction.deferred")).toEqual([["closed"]]);
    const said = customer.transcript().messages.filter((m) => m.from === "page");
    expect(said.map((m) => m.text)).toEqual([GREETING]);
    expect((await messages()).map((m) => [m.author_kind, m.text])).toEqual([
      ["customer", "Còn hàng không em?"],
      ["system", GREETING],
      ["customer", "Alo"],
    ]);
    const [born] = await interactions(w);
    const shown = lan.heard.findLast((e) => e.name === "message.created");
    // A machine's words are no answer: the customer's own stay in the list, and the customer waits.
    expect(shown?.data.conversation).toMatchObject({
      preview: { text: "Alo" },
      unansweredSince: born?.waiting_since,
    });
    await pass(w, 58 * MINUTE);
    expect(offersTo(lan)).toEqual([]);
    expect(await tickets()).toEqual([]);
    await pass(w, 2 * MINUTE);
    expect(lastOffer(lan)).toMatchObject({ interactionId: born?.id, waitingSince: born?.waiting_since });
  });

  test("nobody comes after the opening: the ticket is owed from then on", async () => {
    await goBy(await saveHours(60, 300));
    const customer = await arrives(w);
    expect(customer.transcript().messages.filter((m) => m.from === "page")).toEqual([]);
    await pass(w, 60 * MINUTE);
    await pass(w, 13 * MINUTE);
    expect(await tickets()).toEqual([]);
    await pass(w, 3 * MINUTE);
    expect(await tickets()).toHaveLength(1);
  });

  test("a queue that does not hold leaves a ticket for all that is said till the opening", async () => {
    const lan = await w.agent("lan");
    await goBy(await saveHours(60, 300), { outOfHours: { reply: GREETING, action: "ticket" } });
    const customer = await arrives(w, { text: "Máy bị hỏng" });
    await customer.text("Bảo hành giúp chị");
    await w.settle();
    expect(offersTo(lan)).toEqual([]);
    expect(await tickets()).toMatchObject([{ subject: "Máy bị hỏng", queue_id: w.queueId }]);
    const [closed, ...others] = await interactions(w);
    expect([closed?.state, others]).toEqual(["closed", []]);
    expect(reasonsHeard(lan, "interaction.closed")).toEqual([["out_of_hours"]]);
    expect(customer.transcript().messages.filter((m) => m.from === "page")).toHaveLength(1);
    expect((await messages()).map((m) => m.interaction_id)).toEqual([closed?.id, closed?.id, closed?.id]);
    await pass(w, 61 * MINUTE);
    expect(offersTo(lan)).toEqual([]);
    await customer.text("Có ai chưa ạ");
    await w.settle();
    expect(offersTo(lan)).toHaveLength(1);
    expect(await tickets()).toHaveLength(1);
  });

  test("once the ticket is done, what the customer says next is a new matter, also where the queue never opens", async () => {
    const ha = await w.person("ha", { roles: ["supervisor"] });
    const never = await admin.call("hours.save", {
      name: "Không bao giờ",
      timeZone: "Asia/Ho_Chi_Minh",
      weekly: Array.from({ length: 7 }, () => []),
    });
    await goBy(never.hours.id, { outOfHours: { reply: null, action: "ticket" } });
    const customer = await arrives(w, { text: "Máy bị hỏng" });
    await pass(w, MINUTE);
    await customer.text("Gấp lắm");
    await w.settle();
    const [ticket, ...others] = await tickets();
    expect(others).toEqual([]);
    await ha.call("ticket.update", { ticketId: ticket?.id ?? "", version: 1, status: "solved" });
    await customer.text("Vẫn hỏng");
    await w.settle();
    expect((await tickets()).map((row) => row.subject).sort()).toEqual(["Máy bị hỏng", "Vẫn hỏng"]);
  });

  test("where only a person may still write, no machine does: neither at once nor with a message that was kept back", async () => {
    await goBy(await saveHours(60, 300), { outOfHours: { reply: GREETING, action: "hold" } });
    const late = fromCustomer("6950", w.clock.now() - 25 * 60 * MINUTE, {
      message: { mid: freshMid(), text: "Tin đến muộn" },
    });
    await w.facebook.sendRaw(APP.appId, [entryOf([late])]);
    await w.settle();
    expect((await rowsOf(w, "6950")).map((row) => row.author_kind)).toEqual(["customer"]);
    expect(await interactions(w)).toMatchObject([{ state: "waiting", wait_reason: "closed" }]);

    w.facebook.revokeToken(PAGE.pageId);
    const customer = await arrives(w);
    await pass(w, 25 * 60 * MINUTE);
    w.facebook.restoreToken(PAGE.pageId);
    const other = await w.person("quan-tri-hai", { roles: ["admin"] });
    await other.call("channel_account.check", { accountId: w.accountId });
    await drain(w);
    const [, kept] = await rowsOf(w, customer.psid);
    expect(kept).toMatchObject({ author_kind: "system", state: "failed" });
    expect(customer.transcript().messages.filter((m) => m.from === "page")).toEqual([]);
  });

  test("who came before the closing is still served by who is there", async () => {
    await goBy(await saveHours(-60, 10), { outOfHours: { reply: GREETING, action: "hold" } });
    const customer = await arrives(w);
    await pass(w, 11 * MINUTE);
    const lan = await w.agent("lan");
    await w.settle();
    expect(offersTo(lan)).toHaveLength(1);
    expect(customer.transcript().messages.filter((m) => m.from === "page")).toEqual([]);
  });

  test("an agent may take what is held, and what is handed to a closed queue waits there", async () => {
    const lan = await w.agent("lan");
    const hoursId = await saveHours(60, 300);
    await goBy(hoursId);
    await goBy(hoursId, { queueId: w.secondQueueId });
    const minh = await w.person("minh", { queues: "both" });
    await goBy(hoursId, { queueId: w.secondQueueId });
    await minh.call("agent.set_state", { state: "available" });
    await arrives(w);
    const [held] = await interactions(w);
    await say({ agent: lan, conversationId: held?.conversation_id ?? "" }, "Em đây ạ");
    await w.settle();
    const [taken] = await interactions(w);
    expect(taken).toMatchObject({ state: "active", owner_id: lan.userId, wait_reason: null });
    await lan.call("interaction.transfer", {
      interactionId: taken?.id ?? "",
      version: taken?.version ?? 0,
      to: { queueId: w.secondQueueId },
    });
    await w.settle();
    expect(offersTo(minh)).toEqual([]);
    expect((await interactions(w))[0]).toMatchObject({ state: "waiting", wait_reason: "closed" });
    await pass(w, 61 * MINUTE);
    expect(offersTo(minh)).toHaveLength(1);
  });

  test.each(["declines", "goes away"] as const)(
    "work handed to somebody by name waits for the opening when they %s",
    async (end) => {
      const lan = await w.agent("lan");
      const minh = await w.agent("minh");
      await goBy(await saveHours(60, 300));
      await admin.call("user.update", { userId: minh.userId, limits: { call: 1, chat: 1, mail: 5 } });
      await arrives(w);
      const claim = async (p: Person) => {
        const waiting = (await interactions(w)).find((i) => i.state === "waiting");
        await p.call("interaction.claim", { interactionId: waiting?.id ?? "" });
        return waiting?.id ?? "";
      };
      if (end === "goes away") {
        // Full: what is handed to them by name waits for them without an offer.
        await claim(minh);
        await arrives(w);
      }
      const interactionId = await claim(lan);
      const { version } = (await interactions(w)).find((i) => i.id === interactionId) ?? { version: 0 };
      await lan.call("interaction.transfer", { interactionId, version, to: { userId: minh.userId } });
      await w.settle();
      if (end === "declines") await minh.call("offer.decline", { offerId: lastOffer(minh).id });
      else await minh.call("agent.set_state", { state: "away", reason: "break" });
      await w.settle();
      expect((await interactions(w)).find((i) => i.id === interactionId)).toMatchObject({
        state: "waiting",
        transferred_to: null,
        wait_reason: "closed",
      });
      expect(offersTo(lan)).toEqual([]);
      await pass(w, 61 * MINUTE);
      expect(lastOffer(lan).interactionId).toBe(interactionId);
    },
  );

  test("held work that is moved to an open queue is owed from then on, not from the first queue's opening", async () => {
    const ha = await w.person("ha", { roles: ["supervisor"] });
    await goBy(await saveHours(60, 300));
    await arrives(w);
    const [held] = await interactions(w);
    await ha.call("interaction.transfer", {
      interactionId: held?.id ?? "",
      version: held?.version ?? 0,
      to: { queueId: w.secondQueueId },
    });
    await pass(w, 16 * MINUTE);
    expect(await tickets()).toHaveLength(1);
  });

  test("changed hours let go at once what they no longer close out, and hold on to what they do", async () => {
    const lan = await w.agent("lan");
    const hoursId = await saveHours(60, 300);
    await goBy(hoursId);
    await arrives(w);
    await saveHours(120, 300, hoursId);
    await pass(w, 61 * MINUTE);
    expect(offersTo(lan)).toEqual([]);
    // Open since half an hour ago.
    await saveHours(-30, 300, hoursId);
    expect(offersTo(lan)).toHaveLength(1);
  });

  test("a queue that goes by no hours any more opens at once", async () => {
    const lan = await w.agent("lan");
    await goBy(await saveHours(60, 300));
    await arrives(w);
    expect(offersTo(lan)).toEqual([]);
    await goBy(null);
    expect(offersTo(lan)).toHaveLength(1);
  });

  test("an opening that comes while the gateway is down is made up for", async () => {
    await goBy(await saveHours(60, 300));
    await arrives(w);
    await w.restart(() => w.clock.advance(90 * MINUTE));
    const lan = await w.agent("lan");
    await w.settle();
    expect(offersTo(lan)).toHaveLength(1);
  });
});
