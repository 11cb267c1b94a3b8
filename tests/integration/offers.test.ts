import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { personAt } from "../support/person.ts";
import { say, talk } from "../support/talk.ts";
import { until } from "../support/until.ts";
import { agentRow, arrives, interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { PASSWORD, type World, world } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(["sqlite", "postgres"] as const)("offers on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  test("declined work goes to the next agent, and comes round again after a pause", async () => {
    const lan = await w.agent("lan");
    w.clock.advance(1_000);
    const minh = await w.agent("minh");
    await arrives(w);
    const [born] = await interactions(w);
    await lan.call("offer.decline", { offerId: lastOffer(lan).id });
    await w.settle();
    expect(lastOffer(minh)).toMatchObject({ interactionId: born?.id, waitingSince: born?.waiting_since });
    await minh.call("offer.decline", { offerId: lastOffer(minh).id });
    await w.settle();
    await pass(w, 14_000);
    expect([offersTo(lan).length, offersTo(minh).length]).toEqual([1, 1]);
    await pass(w, 2_000);
    expect(offersTo(lan).length + offersTo(minh).length).toBe(3);
  });

  test("a missed offer sends the agent away and keeps the work's age", async () => {
    const lan = await w.agent("lan");
    await arrives(w);
    const offer = lastOffer(lan);
    await pass(w, 29_900);
    expect((await agentRow(w, lan.userId)).state).toBe("available");
    await pass(w, 200);
    expect(await agentRow(w, lan.userId)).toMatchObject({ state: "away", reason: "missed" });
    await expect(lan.call("offer.accept", { offerId: offer.id })).rejects.toMatchObject({ code: "expired" });
    const minh = await w.agent("minh");
    await w.settle();
    expect(lastOffer(minh)).toMatchObject({
      interactionId: offer.interactionId,
      waitingSince: offer.waitingSince,
    });
    const ended = lan.heard.filter((e) => e.name === "offer.ended");
    expect(ended.map((e) => e.name === "offer.ended" && e.data.outcome)).toEqual(["missed"]);
  });

  test("an agent who missed an offer is asked again as soon as they say that they are back", async () => {
    const lan = await w.agent("lan");
    await arrives(w);
    const { interactionId } = lastOffer(lan);
    await pass(w, 30_100);
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    expect(offersTo(lan).map((offer) => offer.interactionId)).toEqual([interactionId, interactionId]);
  });

  test("work that an agent begins counts at once, as work that was offered does", async () => {
    const lan = await w.agent("lan");
    await arrives(w);
    const { interaction } = await lan.call("offer.accept", { offerId: lastOffer(lan).id });
    const { id: interactionId, version, conversationId } = interaction;
    await lan.call("interaction.close", { interactionId, version, disposition: "Đã giải quyết" });
    await lan.call("interaction.start", { conversationId });
    await w.settle();
    const loads = lan.heard.flatMap((e) => (e.name === "agent.changed" ? [e.data.agent.carries.chat] : []));
    expect(loads.slice(-2)).toEqual([0, 1]);
  });

  test("work begun again by its owner, whose answer was lost, is that work; by anybody else it is a conflict", async () => {
    const t = await talk(w);
    const { id: interactionId, version, conversationId } = t.interaction;
    const { call } = t.agent;
    await call("interaction.close", { interactionId, version, disposition: "Đã giải quyết" });
    const starts = await Promise.all([1, 2, 3].map(() => call("interaction.start", { conversationId })));
    const again = await call("interaction.start", { conversationId });
    expect(new Set([...starts, again].map((s) => `${s.interaction.id} ${s.interaction.state}`))).toEqual(
      new Set([`${again.interaction.id} active`]),
    );
    const minh = await w.agent("minh");
    await expect(minh.call("interaction.start", { conversationId })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("oldest first, whatever came back in between", async () => {
    const lan = await w.agent("lan");
    await arrives(w, { text: "người thứ nhất" });
    w.clock.advance(1_000);
    await arrives(w, { text: "người thứ hai" });
    const first = offersTo(lan)[0];
    await lan.call("agent.set_state", { state: "away", reason: "lunch" });
    await w.settle();
    w.clock.advance(60_000);
    const minh = await w.agent("minh");
    await w.settle();
    expect(offersTo(minh)[0]?.interactionId).toBe(first?.interactionId);
  });

  test("a lost agent keeps the work for 45 seconds, then it goes on at its age", async () => {
    const t = await talk(w);
    const minh = await w.agent("minh");
    t.agent.disconnect();
    await until(async () => (await agentRow(w, t.agent.userId)).lost_at !== null, "the loss being noticed");
    await pass(w, 44_000);
    expect((await interactions(w))[0]).toMatchObject({ state: "active", owner_id: t.agent.userId });
    await pass(w, 2_000);
    expect((await interactions(w))[0]).toMatchObject({
      state: "offered",
      owner_id: null,
      waiting_since: t.interaction.waitingSince,
    });
    expect(lastOffer(minh).interactionId).toBe(t.interaction.id);
    expect(await agentRow(w, t.agent.userId)).toMatchObject({ state: "away", reason: "lost" });
  });

  test("nothing is offered to an agent who is lost, and coming back in time keeps everything", async () => {
    const t = await talk(w);
    t.agent.disconnect();
    await until(async () => (await agentRow(w, t.agent.userId)).lost_at !== null, "the loss being noticed");
    await arrives(w);
    await pass(w, 30_000);
    expect(offersTo(t.agent)).toHaveLength(1);
    await t.agent.connect();
    await w.settle();
    await pass(w, 60_000 - 31_000);
    const all = await interactions(w);
    expect(all.find((i) => i.id === t.interaction.id)).toMatchObject({
      state: "active",
      owner_id: t.agent.userId,
    });
    expect(offersTo(t.agent).length).toBeGreaterThan(1);
  });

  test("leaving and coming back at once, many times, ends with the agent there", async () => {
    const lan = await w.agent("lan");
    for (let i = 0; i < 15; i++) {
      lan.disconnect();
      await lan.connect();
    }
    await w.settle();
    await pass(w, 50_000);
    expect(await agentRow(w, lan.userId)).toMatchObject({ state: "available", lost_at: null });
  });

  test("of two desktops the last one to leave counts", async () => {
    const t = await talk(w);
    const second = await personAt(w.gateway.url, { username: "lan", password: PASSWORD });
    t.agent.disconnect();
    await pass(w, 90_000);
    expect((await interactions(w))[0]?.state).toBe("active");
    expect((await agentRow(w, t.agent.userId)).lost_at).toBeNull();
    second.disconnect();
    await until(async () => (await agentRow(w, t.agent.userId)).lost_at !== null, "the loss being noticed");
  });

  test("signing off takes offers back at once and gives work up after the grace", async () => {
    const t = await talk(w);
    await arrives(w);
    const open = lastOffer(t.agent);
    const minh = await w.agent("minh");
    await t.agent.call("agent.set_state", { state: "offline" });
    await w.settle();
    expect(lastOffer(minh).interactionId).toBe(open.interactionId);
    expect((await interactions(w)).find((i) => i.id === t.interaction.id)?.state).toBe("active");
    await pass(w, 46_000);
    expect((await interactions(w)).find((i) => i.id === t.interaction.id)?.owner_id).toBeNull();
    const { entries } = await minh.call("interaction.history", { interactionId: t.interaction.id });
    expect(entries.flatMap((e) => e.reasons)).toContainEqual({ code: "agent_signed_off" });
  });

  test("wrap-up ends by itself; a customer who writes in it resumes the talk with the same agent", async () => {
    const t = await talk(w);
    const { interaction: ended } = await t.agent.call("interaction.end", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
    });
    await pass(w, 30_000);
    await t.customer.text("À, còn nữa");
    await w.settle();
    expect((await interactions(w))[0]).toMatchObject({ state: "active", owner_id: t.agent.userId });
    await pass(w, 60_000);
    const [now] = await interactions(w);
    expect(now).toMatchObject({ state: "active", wrap_up_until: null });
    expect(ended.state).toBe("wrap_up");
    await t.agent.call("interaction.end", { interactionId: t.interaction.id, version: now?.version ?? 0 });
    await pass(w, 61_000);
    expect((await interactions(w))[0]).toMatchObject({ state: "closed", disposition: null });
    await t.customer.text("Lại là tôi");
    await w.settle();
    expect((await interactions(w)).map((i) => i.state)).toEqual(["closed", "offered"]);
  });

  test("work that nobody takes for a quarter of an hour makes one ticket and goes on waiting", async () => {
    await arrives(w);
    await pass(w, 15 * MINUTE + 100);
    const lan = await w.agent("lan");
    await w.settle();
    const { tickets } = await lan.call("ticket.list", { query: {} });
    expect(tickets).toHaveLength(1);
    expect(offersTo(lan)).toHaveLength(1);
    await pass(w, 20_000);
    await lan.call("offer.decline", { offerId: lastOffer(lan).id });
    await pass(w, 15 * MINUTE);
    expect((await lan.call("ticket.list", { query: {} })).tickets).toHaveLength(1);
  });

  test("work that is only ever offered and missed makes its ticket too", async () => {
    const lan = await w.agent("lan");
    await arrives(w);
    await pass(w, 14 * MINUTE);
    await lan.call("agent.set_state", { state: "available" });
    await pass(w, 45_000 - 1_000);
    await lan.call("agent.set_state", { state: "available" });
    await pass(w, 16_500);
    // The quarter of an hour was over while it was being offered.
    expect((await interactions(w))[0]?.state).toBe("offered");
    await pass(w, 2 * MINUTE);
    expect((await lan.call("ticket.list", { query: {} })).tickets).toHaveLength(1);
  });

  test.each([3_600_000, -3_600_000])(
    "F6: a clock step of %i ms expires no offer early and delays no answer",
    async (step) => {
      const t = await talk(w);
      await arrives(w);
      await pass(w, 10_000);
      w.facebook.faults.set("send.serverError", true, { times: 1 });
      await say(t, "giữa hai giờ");
      await w.settle();
      w.clock.step(step);
      await pass(w, 19_000);
      expect((await agentRow(w, t.agent.userId)).state).toBe("available");
      expect(t.customer.transcript().messages.at(-1)?.text).toBe("giữa hai giờ");
      await pass(w, 2_000);
      expect((await agentRow(w, t.agent.userId)).reason).toBe("missed");
      await arrives(w);
      await t.agent.call("agent.set_state", { state: "available" });
      await w.settle();
      await pass(w, 31_000);
      expect((await agentRow(w, t.agent.userId)).reason).toBe("missed");
    },
  );

  test("F6: an offer that is made before a clock's step back is noticed lasts as long as any other", async () => {
    const lan = await w.agent("lan");
    await pass(w, 5_000);
    w.clock.step(-3_600_000);
    await arrives(w);
    await pass(w, 29_000);
    expect(await agentRow(w, lan.userId)).toMatchObject({ state: "available" });
    expect((await interactions(w))[0]?.state).toBe("offered");
    await pass(w, 2_000);
    expect((await agentRow(w, lan.userId)).reason).toBe("missed");
  });

  test("a restart in the middle of an offer keeps offer, deadline and work", async () => {
    const lan = await w.agent("lan");
    await arrives(w);
    const offer = lastOffer(lan);
    await pass(w, 10_000);
    await w.restart();
    const back = await personAt(w.gateway.url, { username: "lan", password: PASSWORD, connect: false });
    const answer = await back.connect();
    expect(answer.mode === "snapshot" && answer.snapshot.offers).toEqual([
      expect.objectContaining({ id: offer.id, deadline: offer.deadline }),
    ]);
    await back.call("offer.accept", { offerId: offer.id });
    await w.settle();
    await pass(w, 60_000);
    expect((await interactions(w))[0]).toMatchObject({ state: "active", owner_id: lan.userId });
  });

  test("after a restart an agent who does not come back loses offer and work, once", async () => {
    const t = await talk(w);
    await arrives(w);
    await w.restart();
    await pass(w, 46_000);
    const minh = await w.agent("minh");
    await w.settle();
    expect(new Set(offersTo(minh).map((o) => o.interactionId)).size).toBe(2);
    expect((await interactions(w)).every((i) => i.state === "offered")).toBe(true);
    expect(offersTo(minh)[0]?.interactionId).toBe(t.interaction.id);
  });
});
