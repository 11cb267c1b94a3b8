import { defaultQueueRules, type QueueRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFloorView, type FloorView } from "../support/floor.ts";
import type { Person } from "../support/person.ts";
import { say } from "../support/talk.ts";
import { arrives, interactions, lastOffer, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const HOUR = 3_600_000;

describe.each(["sqlite", "postgres"] as const)("the wallboard on %s", (engine) => {
  let w: World;
  let admin: Person;
  beforeEach(async () => {
    w = await world({ engine });
    admin = await w.person("quantri", { roles: ["admin"] });
  });
  afterEach(() => w.close());

  async function watching(): Promise<FloorView> {
    const view = createFloorView(await w.person("ha", { roles: ["supervisor"], queues: "none" }));
    await view.person.call("floor.watch", {});
    await pass(w, 500);
    return view;
  }

  async function saveQueue(change: { hoursId?: string; rules?: QueueRules }): Promise<void> {
    const rows = await w.gateway.ctx.store.db
      .selectFrom("queue_member")
      .select("user_id")
      .where("queue_id", "=", w.queueId)
      .execute();
    await admin.call("queue.save", {
      id: w.queueId,
      name: "Chăm sóc khách hàng",
      memberIds: rows.map((r) => r.user_id),
      dispositions: [{ name: "Đã giải quyết", resolved: true }],
      ...change,
    });
    await w.settle();
  }

  test("what is held for the opening is no waiting work; at the opening it waits", async () => {
    const opensAt = (Math.floor(w.clock.now() / HOUR) + 2) * HOUR;
    const minute = new Date(opensAt).getUTCHours() * 60;
    const weekly = Array.from({ length: 7 }, (): [number, number][] => [
      [minute, Math.min(1_440, minute + 60)],
    ]);
    const { hours } = await admin.call("hours.save", { id: null, name: "Ít giờ", timeZone: "UTC", weekly });
    await saveQueue({ hoursId: hours.id });
    const view = await watching();
    await arrives(w);
    await pass(w, 500);
    const none = { waiting: 0, longestSince: null };
    expect(view.queue(w.queueId)).toMatchObject({ ...none, held: 1, opensAt });
    const { waiting } = await view.person.call("floor.line", { queueId: w.queueId });
    expect(waiting.map((x) => x.heldUntil)).toEqual([opensAt]);
    await pass(w, opensAt - w.clock.now());
    await pass(w, 500);
    expect(view.queue(w.queueId)).toMatchObject({ waiting: 1, held: 0, opensAt: null });
    expect(view.person.heard.filter((e) => e.name === "queue.held").map((e) => e.data)).toEqual([
      { queueId: w.queueId, until: null },
    ]);
  });

  test("free is who the router could give new work of the queue: room for its kind, its skills, helpers too", async () => {
    const [lan, minh] = [await w.agent("lan"), await w.agent("minh")];
    const view = await watching();
    expect(view.queue(w.queueId)).toMatchObject({ available: 2, free: 2 });
    await admin.call("user.update", { userId: lan.userId, limits: { call: 1, chat: 0, mail: 5 } });
    await pass(w, 500);
    expect(view.queue(w.queueId)).toMatchObject({ available: 2, free: 1 });
    await admin.call("user.update", { userId: lan.userId, limits: { call: 1, chat: 1, mail: 0 } });
    const { skill } = await admin.call("skill.save", { name: "Hoá đơn" });
    const needs = [{ skillId: skill.id, level: 2 }];
    const overflow = [{ queueId: w.queueId, afterMs: 0, longerThan: null }];
    await saveQueue({ rules: { ...defaultQueueRules, rings: [{ afterMs: 0, needs, prefers: [] }] } });
    await pass(w, 500);
    expect(view.queue(w.queueId)).toMatchObject({ available: 2, free: 0 });
    await admin.call("user.update", { userId: lan.userId, skills: { [skill.id]: 2 } });
    await pass(w, 500);
    expect(view.queue(w.queueId)).toMatchObject({ available: 2, free: 1 });
    await admin.call("queue.save", {
      id: w.secondQueueId,
      name: "Bảo hành",
      memberIds: [],
      dispositions: [{ name: "Đã giải quyết", resolved: true }],
      rules: { ...defaultQueueRules, overflow },
    });
    await pass(w, 500);
    expect(view.queue(w.secondQueueId)).toMatchObject({ available: 2, free: 2 });
    await minh.call("agent.set_state", { state: "busy" });
    await pass(w, 500);
    expect(view.queue(w.secondQueueId)).toMatchObject({ available: 1, free: 1 });
  });

  test("where the customer owes the next word and that makes room, the agent is free again", async () => {
    const lan = await w.agent("lan");
    await admin.call("user.update", { userId: lan.userId, limits: { call: 0, chat: 1, mail: 0 } });
    await admin.call("capacity.save", { idleChat: 0, interrupts: [] });
    const view = await watching();
    const customer = await arrives(w);
    await lan.call("offer.accept", { offerId: lastOffer(lan).id });
    await view.until(w, (v) => v.queue(w.queueId)?.free === 0);
    const [work] = await interactions(w);
    await say({ agent: lan, conversationId: work?.conversation_id ?? "" }, "Em nghe ạ");
    await view.until(w, (v) => v.queue(w.queueId)?.free === 1);
    await customer.text("Vâng");
    await view.until(w, (v) => v.queue(w.queueId)?.free === 0);
  });
});
