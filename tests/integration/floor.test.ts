import { defaultThresholds, type FloorChange } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFloorView, type FloorView } from "../support/floor.ts";
import { arrives, lastOffer, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("the live floor on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  async function watching(username = "ha"): Promise<FloorView> {
    const view = createFloorView(await w.person(username, { roles: ["supervisor"], queues: "none" }));
    await view.person.call("floor.watch", {});
    await pass(w, 500);
    return view;
  }

  test("everything first: who waits, who is there, what everybody has in hand; then only what changed", async () => {
    const lan = await w.agent("lan");
    await w.person("minh");
    await arrives(w);
    await lan.call("offer.accept", { offerId: lastOffer(lan).id });
    const view = await watching();
    expect(view.told).toHaveLength(1);
    expect(view.told[0]).toMatchObject({ full: true });
    expect(view.queue(w.queueId)).toMatchObject({ waiting: 0, inProgress: 1, available: 1, free: 1 });
    expect(view.agent(lan.userId)).toMatchObject({
      state: "available",
      lost: false,
      carries: { chat: 1 },
      inHand: [{ state: "active", queueId: w.queueId, since: w.clock.now() - 500 }],
    });

    await lan.call("agent.set_state", { state: "away", reason: "lunch" });
    const began = w.clock.now();
    await arrives(w);
    await pass(w, 500);
    const later = view.told.slice(1);
    expect(later.every((change) => !change.full)).toBe(true);
    expect(later.flatMap((c) => c.agents.map((a) => [a.userId, a.state]))).toEqual([[lan.userId, "away"]]);
    expect(new Set(later.flatMap((c) => c.queues.map((q) => q.queueId)))).toEqual(new Set([w.queueId]));
    expect(view.queue(w.queueId)).toEqual({
      queueId: w.queueId,
      waiting: 1,
      offered: 0,
      held: 0,
      opensAt: null,
      expectedWait: null,
      thresholds: defaultThresholds,
      longestSince: began,
      inProgress: 1,
      available: 0,
      free: 0,
    });
  });

  test("a word every 0.4 s at most, and none when nothing that it shows is different", async () => {
    const lan = await w.agent("lan");
    const view = await watching();
    const before = view.told.length;
    for (let i = 0; i < 5; i++) {
      await lan.call("agent.set_state", { state: "busy" });
      await lan.call("agent.set_state", { state: "available" });
      await w.settle();
    }
    // The first at once, for nothing was told for so long; the other nine together.
    expect(view.told.length).toBe(before + 1);
    await pass(w, 399);
    expect(view.told.length).toBe(before + 1);
    await pass(w, 1);
    expect(view.told.length).toBe(before + 2);
    await pass(w, 5_000);
    await lan.call("conversation.list", { view: "all" });
    await pass(w, 5_000);
    expect(view.told.length).toBe(before + 2);
  });

  test("who loses the line is seen to be gone at once, long before the work is given back", async () => {
    const lan = await w.agent("lan");
    const view = await watching();
    expect(view.queue(w.queueId)).toMatchObject({ available: 1, free: 1 });
    lan.disconnect();
    await view.until(w, (v) => v.agent(lan.userId)?.lost === true);
    expect(view.agent(lan.userId)).toMatchObject({ state: "available" });
    expect(view.queue(w.queueId)).toMatchObject({ available: 0, free: 0 });
    await lan.connect();
    await view.until(w, (v) => v.agent(lan.userId)?.lost === false);
    expect(view.queue(w.queueId)).toMatchObject({ available: 1 });
  });

  test("whoever comes later, or comes back, gets everything as it then is, and who stopped watching hears nothing", async () => {
    const lan = await w.agent("lan");
    const first = await watching();
    await arrives(w);
    await first.person.call("floor.unwatch", {});
    await pass(w, 1_000);
    const heard = first.told.length;
    await lan.call("offer.accept", { offerId: lastOffer(lan).id });
    await pass(w, 1_000);
    expect(first.told.length).toBe(heard);
    const second = await watching("tam");
    await first.person.call("floor.watch", {});
    await pass(w, 500);
    expect(first.told.at(-1)).toMatchObject({ full: true });
    for (const view of [first, second]) {
      expect(view.queue(w.queueId)).toMatchObject({ waiting: 0, inProgress: 1 });
      expect(view.agent(lan.userId)?.inHand).toHaveLength(1);
    }
    expect(first.everything()).toEqual(second.everything());
  });

  test("agents may neither watch nor see the line", async () => {
    const lan = await w.agent("lan");
    await expect(lan.call("floor.watch", {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(lan.call("floor.line", { queueId: w.queueId })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("the line tells who waits in its order and what the router found in the way, without contact data", async () => {
    await w.person("lan");
    const view = await watching();
    await arrives(w, { text: "Một" });
    await pass(w, 1_000);
    await arrives(w, { text: "Hai" });
    const { waiting, more } = await view.person.call("floor.line", { queueId: w.queueId });
    expect(more).toBe(false);
    expect(waiting.map((x) => [x.state, x.waitReason, x.boost])).toEqual([
      ["waiting", "not_available", 0],
      ["waiting", "not_available", 0],
    ]);
    expect(waiting[0]?.waitingSince).toBeLessThan(waiting[1]?.waitingSince ?? 0);
    const unknown = view.person.call("floor.line", { queueId: "0".repeat(26) });
    await expect(unknown).rejects.toMatchObject({ code: expect.stringMatching(/not_found|invalid_input/) });
  });

  test("what it holds after any day is what a fresh look at the store says", async () => {
    const lan = await w.agent("lan");
    const minh = await w.agent("minh");
    const view = await watching();
    for (let round = 0; round < 4; round++) {
      await arrives(w);
      for (const p of [lan, minh]) {
        const offer = p.heard.findLast((e) => e.name === "offer.made");
        if (offer?.name === "offer.made" && round % 2 === 0)
          await p.call("offer.accept", { offerId: offer.data.offer.id }).catch(() => {});
      }
      await pass(w, 12_000);
    }
    await minh.call("agent.set_state", { state: "offline" });
    await pass(w, 46_000);
    const fresh = await watching("tam");
    await pass(w, 500);
    expect(view.everything()).toEqual(fresh.everything());
    const open = view.everything().agents.flatMap((a: FloorChange["agents"][number]) => a.inHand);
    expect(new Set(open.map((h) => h.interactionId)).size).toBe(open.length);
  });
});
