import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { talk } from "../support/talk.ts";
import { until } from "../support/until.ts";
import { agentRow, arrives, interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("a supervisor steers the floor on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const boss = () => w.person("ha", { roles: ["supervisor"], queues: "none" });
  const line = async (p: Person) => (await p.call("floor.line", { queueId: w.queueId })).waiting;
  const audited = async () =>
    (
      await w.gateway.ctx.store.db
        .selectFrom("audit")
        .selectAll()
        .where("action", "like", "supervisor.%")
        .orderBy("id")
        .execute()
    ).map((r) => ({ ...r, detail: JSON.parse(r.detail) as Record<string, unknown> }));
  const acts = (p: Person) => p.heard.flatMap((e) => (e.name === "supervisor.acted" ? [e.data] : []));

  test("what is prioritised goes before what waits longer, is told with its reason, and may be put back", async () => {
    const ha = await boss();
    const lan = await w.person("lan");
    await arrives(w, { text: "trước" });
    await pass(w, 5_000);
    await arrives(w, { text: "sau" });
    const [first, second] = await line(ha);
    if (!first || !second) throw new Error("two wait");
    const later = { interactionId: second.interactionId, version: second.version };
    const { interaction } = await ha.call("interaction.boost", { ...later, boost: 100, note: "Khách quý" });
    expect(interaction.boost).toBe(100);
    expect((await line(ha)).map((x) => x.interactionId)).toEqual([second.interactionId, first.interactionId]);
    await expect(ha.call("interaction.boost", { ...later, boost: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    expect(offersTo(lan)[0]?.interactionId).toBe(second.interactionId);
    const { entries } = await ha.call("interaction.history", { interactionId: second.interactionId });
    expect(entries.find((e) => e.name === "interaction.prioritised")).toMatchObject({
      note: "Khách quý",
      actorId: ha.userId,
    });
    expect(await audited()).toMatchObject([
      {
        actor_id: ha.userId,
        action: "supervisor.prioritised",
        target: second.interactionId,
        detail: { boost: [0, 100], note: "Khách quý" },
      },
    ]);

    const offered = (await line(ha)).find((x) => x.interactionId === second.interactionId);
    expect(offered).toMatchObject({ state: "offered", offeredTo: lan.userId, boost: 100 });
    await ha.call("interaction.boost", {
      interactionId: second.interactionId,
      version: offered?.version ?? 0,
      boost: 0,
    });
    expect((await line(ha)).map((x) => x.interactionId)).toEqual([first.interactionId, second.interactionId]);
  });

  test("the router looks again, and what a supervisor has read can still be acted on", async () => {
    const ha = await boss();
    const t = await talk(w);
    await t.agent.call("interaction.close", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
      disposition: "Đã giải quyết",
    });
    await t.agent.call("agent.set_state", { state: "away", reason: "lunch" });
    await t.customer.text("Em hỏi thêm");
    await w.settle();
    const [waits] = await line(ha);
    // By then it is no longer kept for the agent who had the customer last.
    await pass(w, 31_000);
    const read = { interactionId: waits?.interactionId ?? "", version: waits?.version ?? 0 };
    const { interaction } = await ha.call("interaction.boost", { ...read, boost: 5 });
    expect(interaction.boost).toBe(5);
  });

  test("what somebody has in hand is not prioritised any more", async () => {
    const ha = await boss();
    const t = await talk(w);
    const { id: interactionId, version } = t.interaction;
    await expect(ha.call("interaction.boost", { interactionId, version, boost: 5 })).rejects.toMatchObject({
      code: "illegal_transition",
    });
    expect(await audited()).toEqual([]);
  });

  test("assigns waiting work to one agent, who is asked before anybody else; moves it to another queue", async () => {
    const ha = await boss();
    await arrives(w);
    const lan = await w.person("lan");
    const [waits] = await line(ha);
    if (!waits) throw new Error("one waits");
    const { interactionId, version } = waits;
    const to = { userId: lan.userId };
    await expect(ha.call("interaction.transfer", { interactionId, version, to })).rejects.toMatchObject({
      code: "conflict",
    });
    const moved = await ha.call("interaction.transfer", {
      interactionId,
      version,
      to: { queueId: w.secondQueueId },
      note: "Bảo hành lo",
    });
    expect(await line(ha)).toEqual([]);
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    expect(offersTo(lan)).toEqual([]);
    await ha.call("interaction.transfer", {
      interactionId,
      version: await versionOf(interactionId),
      to,
      note: "Lan rành khách này",
    });
    await w.settle();
    expect(lastOffer(lan)).toMatchObject({ interactionId, note: { text: "Lan rành khách này" } });
    expect(moved.interaction.queueId).toBe(w.secondQueueId);
    expect((await audited()).map((r) => [r.action, r.detail["note"]])).toEqual([
      ["supervisor.moved", "Bảo hành lo"],
      ["supervisor.assigned", "Lan rành khách này"],
    ]);
  });

  test("takes a talk over: the agent hears who did it and why, is free again, and is not asked for it at once", async () => {
    const t = await talk(w);
    const ha = await boss();
    const { id: interactionId } = t.interaction;
    const version = await versionOf(interactionId);
    const lan = t.agent;
    await expect(
      lan.call("interaction.take_over", { interactionId, version, note: "" }),
    ).rejects.toMatchObject({ code: "forbidden" });
    const answer = await ha.call("interaction.take_over", { interactionId, version, note: "Khách giận" });
    expect(answer.interaction).toMatchObject({ state: "active", ownerId: ha.userId });
    await w.settle();
    expect(acts(lan)).toEqual([
      { act: "taken_over", agentId: lan.userId, conversationId: t.conversationId, note: "Khách giận" },
    ]);
    expect(acts(ha)).toEqual([]);
    expect(
      lan.heard.findLast((e) => e.name === "agent.changed" && e.data.agent.userId === lan.userId),
    ).toMatchObject({ data: { agent: { carries: { chat: 0 } } } });
    await expect(
      ha.call("interaction.take_over", { interactionId, version: answer.interaction.version }),
    ).rejects.toMatchObject({ code: "conflict" });
    expect((await interactions(w)).filter((i) => i.owner_id !== null)).toHaveLength(1);
  });

  test("what a supervisor has taken over who takes no new work stays theirs when they come back in time", async () => {
    const t = await talk(w);
    const ha = await boss();
    await pass(w, 60_000);
    const { id: interactionId } = t.interaction;
    await ha.call("interaction.take_over", {
      interactionId,
      version: await versionOf(interactionId),
      note: "",
    });
    expect((await agentRow(w, ha.userId)).state).toBe("offline");
    ha.disconnect();
    await until(async () => (await agentRow(w, ha.userId)).lost_at !== null, "the loss being noticed");
    await ha.connect();
    await until(async () => (await agentRow(w, ha.userId)).lost_at === null, "the return being noticed");
    await pass(w, 60_000);
    expect(await interactions(w)).toMatchObject([{ state: "active", owner_id: ha.userId }]);
  });

  test("forces a state: offers are withdrawn, the agent reads why; nonsense and strangers are refused", async () => {
    const lan = await w.agent("lan");
    await arrives(w);
    expect(offersTo(lan)).toHaveLength(1);
    const ha = await boss();
    const force = { userId: lan.userId, note: "Ra ngoài rồi" };
    const nonsense = ha.call("agent.force_state", { ...force, state: "away" });
    await expect(nonsense).rejects.toMatchObject({ code: "invalid_input" });
    const { agent } = await ha.call("agent.force_state", { ...force, state: "away", reason: "break" });
    expect(agent).toMatchObject({ userId: lan.userId, state: "away", reason: "break", carries: { chat: 0 } });
    await w.settle();
    expect(acts(lan)).toMatchObject([{ act: "state_forced", note: "Ra ngoài rồi" }]);
    expect((await interactions(w))[0]?.state).toBe("waiting");
    const admin = await w.person("quantri", { roles: ["admin"] });
    await expect(
      ha.call("agent.force_state", { userId: admin.userId, state: "busy", note: "?" }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      lan.call("agent.force_state", { userId: ha.userId, state: "busy", note: "?" }),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(await audited()).toMatchObject([
      {
        action: "supervisor.state_forced",
        target: lan.userId,
        detail: { state: ["available", "away"], reason: "break" },
      },
    ]);
  });

  test("who signed off and left cannot be forced back: nobody would be there", async () => {
    const lan = await w.person("lan");
    const ha = await boss();
    lan.disconnect();
    await w.settle();
    const force = { userId: lan.userId, state: "available", note: "Vào đi" } as const;
    await expect(ha.call("agent.force_state", force)).rejects.toMatchObject({ code: "conflict" });
    expect(await agentRow(w, lan.userId)).toMatchObject({ state: "offline" });
    expect(await audited()).toEqual([]);
    await lan.connect();
    await w.settle();
    const { agent } = await ha.call("agent.force_state", force);
    expect(agent.state).toBe("available");
  });

  test("a state forced on somebody who is gone does not keep their work from going back", async () => {
    const t = await talk(w);
    const ha = await boss();
    t.agent.disconnect();
    await w.settle();
    await pass(w, 10_000);
    await ha.call("agent.force_state", { userId: t.agent.userId, state: "busy", note: "thử" });
    await pass(w, 40_000);
    expect((await interactions(w))[0]?.owner_id).toBeNull();
  });

  test("signs an agent out: told first, every session ends, the work goes back at its age at once", async () => {
    const t = await talk(w);
    const ha = await boss();
    const gone = new Promise((resolve) => t.agent.socket.once("disconnect", resolve));
    await ha.call("agent.sign_out", { userId: t.agent.userId, note: "Hết ca" });
    await gone;
    expect(acts(t.agent)).toMatchObject([{ act: "signed_out", note: "Hết ca" }]);
    expect(await agentRow(w, t.agent.userId)).toMatchObject({ state: "offline" });
    expect((await interactions(w))[0]).toMatchObject({
      state: "waiting",
      owner_id: null,
      waiting_since: t.interaction.waitingSince,
    });
    await expect(t.agent.connect()).rejects.toMatchObject({ message: "unauthenticated" });
    expect((await audited()).map((r) => r.action)).toEqual(["supervisor.signed_out"]);
  });

  async function versionOf(id: string): Promise<number> {
    return (await interactions(w)).find((i) => i.id === id)?.version ?? 0;
  }
});
