import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { say, type Talk, talk, transfer } from "../support/talk.ts";
import { arrives, interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(["sqlite", "postgres"] as const)("parked work on %s", (engine) => {
  let w: World;
  let t: Talk;
  beforeEach(async () => {
    w = await world({ engine });
    t = await talk(w);
  });
  afterEach(() => w.close());

  async function park(o: { minutes?: number; returnTo?: "agent" | "queue"; note?: string } = {}) {
    const [row] = await interactions(w);
    const { interaction } = await t.agent.call("interaction.park", {
      interactionId: t.interaction.id,
      version: row?.version ?? 0,
      until: w.clock.now() + (o.minutes ?? 20) * MINUTE,
      ...(o.returnTo ? { returnTo: o.returnTo } : {}),
      ...(o.note ? { note: o.note } : {}),
    });
    await w.settle();
    return interaction;
  }
  const only = async () => (await interactions(w)).find((i) => i.id === t.interaction.id);
  const timers = () =>
    w.gateway.ctx.store.db.selectFrom("timer").where("kind", "=", "parked").selectAll().execute();
  const steps = async (p = t.agent) =>
    (await p.call("interaction.history", { interactionId: t.interaction.id })).entries;

  test("frees its room at once, stays with its agent, and comes back to them in time", async () => {
    await w.gateway.ctx.store.write((tx) =>
      tx.db.updateTable("agent_state").set({ limit_chat: 1 }).execute(),
    );
    await arrives(w);
    expect(offersTo(t.agent)).toHaveLength(1);

    const parked = await park({ note: "Chờ kho báo lại" });
    expect(parked).toMatchObject({
      state: "parked",
      ownerId: t.agent.userId,
      parked: { until: w.clock.now() + 20 * MINUTE, returnTo: "agent" },
    });
    expect(await timers()).toMatchObject([{ subject_id: t.interaction.id }]);
    const offer = lastOffer(t.agent);
    expect(offer.interactionId).not.toBe(t.interaction.id);
    await t.agent.call("offer.accept", { offerId: offer.id });

    await pass(w, 20 * MINUTE - 1);
    expect((await only())?.state).toBe("parked");
    await pass(w, 1);
    expect(await only()).toMatchObject({ state: "active", owner_id: t.agent.userId, parked_until: null });
    const unparked = t.agent.heard.findLast((e) => e.name === "interaction.unparked");
    expect(unparked?.data).toMatchObject({ reasons: [{ code: "park_over" }], userId: t.agent.userId });
    expect((await steps()).find((e) => e.name === "interaction.parked")?.note).toBe("Chờ kho báo lại");
    expect(await timers()).toEqual([]);
  });

  test("is woken at once by what the customer writes, and by nothing else of theirs", async () => {
    await park();
    await t.customer.read();
    await w.settle();
    expect((await only())?.state).toBe("parked");
    await t.customer.text("Alo, có ai không?");
    await w.settle();
    expect(await only()).toMatchObject({ state: "active", owner_id: t.agent.userId, parked_until: null });
    expect(await timers()).toEqual([]);
    // The time that it had means nothing any more.
    await pass(w, 30 * MINUTE);
    expect((await only())?.state).toBe("active");
  });

  test("goes to the queue at its age when its agent is not there, and says why", async () => {
    const minh = await w.agent("minh");
    await park();
    await t.agent.call("agent.set_state", { state: "away", reason: "lunch" });
    await pass(w, 20 * MINUTE);
    expect(await only()).toMatchObject({
      state: "offered",
      owner_id: null,
      waiting_since: t.interaction.waitingSince,
    });
    expect(lastOffer(minh).interactionId).toBe(t.interaction.id);
    expect((await steps(minh)).find((e) => e.name === "interaction.requeued")).toMatchObject({
      reasons: [{ code: "park_over" }, { code: "agent_not_there" }],
    });
  });

  test("goes to the queue when its agent chose so, also when the customer wakes it", async () => {
    await park({ returnTo: "queue" });
    await t.customer.text("Xin chào lại");
    await w.settle();
    expect(await only()).toMatchObject({ state: "offered", owner_id: null });
  });

  test("an agent who signs off keeps it parked, and it is the queue's when its time comes", async () => {
    await park();
    await t.agent.call("agent.set_state", { state: "offline" });
    await pass(w, MINUTE);
    expect(await only()).toMatchObject({ state: "parked", owner_id: t.agent.userId });
    await pass(w, 20 * MINUTE);
    expect(await only()).toMatchObject({ state: "waiting", owner_id: null });
  });

  test("is anybody's at once when its agent works here no longer", async () => {
    await park({ minutes: 24 * 60 });
    const admin = await w.person("quantri", { roles: ["admin"] });
    await admin.call("user.update", { userId: t.agent.userId, disabled: true });
    await w.settle();
    expect(await only()).toMatchObject({ state: "waiting", owner_id: null, parked_until: null });
  });

  test("its agent takes it up by hand or by writing, and moves its return", async () => {
    const parked = await park();
    const later = await t.agent.call("interaction.park", {
      interactionId: parked.id,
      version: parked.version,
      until: w.clock.now() + 60 * MINUTE,
    });
    await pass(w, 30 * MINUTE);
    expect((await only())?.state).toBe("parked");
    await t.agent.call("interaction.unpark", {
      interactionId: parked.id,
      version: later.interaction.version,
    });
    expect((await only())?.state).toBe("active");
    await park();
    await say(t, "Em kiểm tra xong rồi ạ");
    expect((await only())?.state).toBe("active");
    expect(await timers()).toEqual([]);
  });

  test("a supervisor calls it back to where it would return, or moves it, and the agent is told", async () => {
    const boss = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const first = await park();
    const { interaction } = await boss.call("interaction.unpark", {
      interactionId: first.id,
      version: first.version,
    });
    expect(interaction).toMatchObject({ state: "active", ownerId: t.agent.userId });
    await w.settle();
    expect(t.agent.heard.findLast((e) => e.name === "supervisor.acted")?.data).toMatchObject({
      act: "woken",
    });
    const again = await park();
    await transfer({ ...t, agent: boss, interaction: again }, { queueId: w.secondQueueId });
    await w.settle();
    expect(await only()).toMatchObject({ state: "waiting", queue_id: w.secondQueueId, parked_until: null });
    expect(await timers()).toEqual([]);
  });

  test("may be closed as it is, and is not waited for any more", async () => {
    const parked = await park();
    await t.agent.call("interaction.close", {
      interactionId: parked.id,
      version: parked.version,
      disposition: "Đã giải quyết",
    });
    await pass(w, 30 * MINUTE);
    expect((await only())?.state).toBe("closed");
    expect(await timers()).toEqual([]);
  });

  test("stands last in its agent's list, by the time of its return", async () => {
    const second = await talk(w, { agent: t.agent, name: "Khách hai" });
    const third = await talk(w, { agent: t.agent, name: "Khách ba" });
    await park({ minutes: 60 });
    await second.agent.call("interaction.park", {
      interactionId: second.interaction.id,
      version: second.interaction.version,
      until: w.clock.now() + 30 * MINUTE,
    });
    const { conversations } = await t.agent.call("conversation.list", { view: "mine" });
    expect(conversations.map((c) => c.id)).toEqual([
      third.conversationId,
      second.conversationId,
      t.conversationId,
    ]);
  });

  test("only its owner parks it, only in hand, and only for a near future", async () => {
    const boss = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const input = { interactionId: t.interaction.id, version: t.interaction.version };
    const until = w.clock.now() + MINUTE;
    await expect(boss.call("interaction.park", { ...input, until })).rejects.toMatchObject({
      code: "forbidden",
    });
    for (const bad of [w.clock.now(), w.clock.now() + 61 * 24 * 60 * MINUTE])
      await expect(t.agent.call("interaction.park", { ...input, until: bad })).rejects.toMatchObject({
        code: "invalid_input",
      });
    await expect(t.agent.call("interaction.unpark", input)).rejects.toMatchObject({
      code: "illegal_transition",
    });
    const { interaction } = await t.agent.call("interaction.end", input);
    await expect(
      t.agent.call("interaction.park", { ...input, version: interaction.version, until }),
    ).rejects.toMatchObject({ code: "illegal_transition" });
  });

  test("comes back after the gateway was down when its time came", async () => {
    await park();
    await w.restart(() => w.clock.advance(30 * MINUTE));
    await w.settle();
    // Its agent has not been heard of since.
    expect((await only())?.state).not.toBe("parked");
  });
});
