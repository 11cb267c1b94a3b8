import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Person, personAt } from "../support/person.ts";
import { type Talk, talk } from "../support/talk.ts";
import { agentRow, interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { PASSWORD, type World, world } from "../support/world.ts";

const HOUR = 3_600_000;

describe.each(["sqlite", "postgres"] as const)("signing off with unfinished work on %s", (engine) => {
  let w: World;
  let lan: Person;
  let first: Talk;
  let second: Talk;
  let wrapping: Talk;
  beforeEach(async () => {
    w = await world({ engine });
    lan = await w.agent("lan");
    first = await talk(w, { agent: lan, name: "Khách Một" });
    second = await talk(w, { agent: lan, name: "Khách Hai" });
    wrapping = await talk(w, { agent: lan, name: "Khách Ba" });
    const { id: interactionId, version } = wrapping.interaction;
    await lan.call("interaction.end", { interactionId, version });
    await w.settle();
  });
  afterEach(() => w.close());

  const rows = async () => new Map((await interactions(w)).map((r) => [r.id, r]));
  const row = async (t: Talk) => {
    const found = (await rows()).get(t.interaction.id);
    if (!found) throw new Error("gone");
    return found;
  };

  test("tells what is in hand and until when it would be kept", async () => {
    const { work, keepUntil } = await lan.call("agent.in_hand", {});
    expect(work.map((x) => [x.customerName, x.state])).toEqual([
      ["Khách Một", "active"],
      ["Khách Hai", "active"],
      ["Khách Ba", "wrap_up"],
    ]);
    expect(keepUntil - w.clock.now()).toBe(16 * HOUR);
  });

  test("handed back: at its age in the queue at once, the wrap-up ends by itself, and nobody is told of a departure", async () => {
    const ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const { agent } = await lan.call("agent.sign_off", { work: { what: "return" }, note: "Hết ca" });
    expect(agent).toMatchObject({ state: "offline", carries: { chat: 1 } });
    for (const t of [first, second])
      expect(await row(t)).toMatchObject({
        state: "waiting",
        owner_id: null,
        waiting_since: t.interaction.waitingSince,
      });
    await pass(w, 61_000);
    expect(await row(wrapping)).toMatchObject({ state: "closed" });
    const { entries } = await ha.call("interaction.history", { interactionId: first.interaction.id });
    expect(entries.findLast((e) => e.name === "interaction.requeued")).toMatchObject({
      actorId: lan.userId,
      note: "Hết ca",
      reasons: [{ code: "agent_signed_off" }],
    });
    expect(ha.heard.some((e) => e.name === "agent.departed")).toBe(false);
  });

  test("kept: parked without taking room, also when logged out, and in hand again when the agent is back", async () => {
    await lan.call("agent.sign_off", { work: { what: "keep" } });
    expect(await row(first)).toMatchObject({ state: "parked", owner_id: lan.userId });
    await fetch(`${w.gateway.url}/api/v1/sessions/current`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${lan.token}` },
    });
    await pass(w, 2 * HOUR);
    expect(await row(second)).toMatchObject({ state: "parked", owner_id: lan.userId });
    const back = await personAt(w.gateway.url, { username: "lan", password: PASSWORD });
    const { agent } = await back.call("agent.set_state", { state: "available" });
    await w.settle();
    expect(agent.state).toBe("available");
    for (const t of [first, second])
      expect(await row(t)).toMatchObject({ state: "active", owner_id: lan.userId, parked_until: null });
    expect(await agentRow(w, lan.userId)).toMatchObject({ keeps_until: null });
  });

  test("kept: a customer who writes meanwhile is served by whoever is there; what is kept too long goes to the queue", async () => {
    await lan.call("agent.sign_off", { work: { what: "keep" } });
    const minh = await w.agent("minh");
    await first.customer.text("Có ai không");
    await w.settle();
    expect(lastOffer(minh).interactionId).toBe(first.interaction.id);
    expect(offersTo(minh)).toHaveLength(1);
    expect(await row(second)).toMatchObject({ state: "parked" });
    await minh.call("agent.set_state", { state: "offline" });
    await pass(w, 16 * HOUR);
    expect(await row(second)).toMatchObject({
      state: "waiting",
      owner_id: null,
      waiting_since: second.interaction.waitingSince,
    });
  });

  test("what was parked before keeps its own time, and is not taken up by coming back", async () => {
    const { id: interactionId, version } = first.interaction;
    const until = w.clock.now() + 3 * HOUR;
    await lan.call("interaction.park", { interactionId, version, until, returnTo: "agent" });
    await lan.call("agent.sign_off", { work: { what: "keep" } });
    await lan.call("agent.set_state", { state: "available" });
    expect(await row(first)).toMatchObject({ state: "parked", parked_until: until });
    expect(await row(second)).toMatchObject({ state: "active" });
  });

  test("handed over: all of it to one person with the note, or nothing when that person is not there", async () => {
    const minh = await w.person("minh");
    const hand = { what: "hand", userId: minh.userId } as const;
    await expect(lan.call("agent.sign_off", { work: hand })).rejects.toMatchObject({ code: "conflict" });
    expect((await agentRow(w, lan.userId)).state).toBe("available");
    expect(await row(first)).toMatchObject({ state: "active", owner_id: lan.userId });
    await minh.call("agent.set_state", { state: "available" });
    await lan.call("agent.sign_off", { work: hand, note: "Nhờ em lo tiếp" });
    await w.settle();
    expect(new Set(offersTo(minh).map((o) => o.interactionId))).toEqual(
      new Set([first.interaction.id, second.interaction.id]),
    );
    expect(lastOffer(minh).note).toMatchObject({ text: "Nhờ em lo tiếp", byId: lan.userId });
    expect((await agentRow(w, lan.userId)).state).toBe("offline");
  });
});
