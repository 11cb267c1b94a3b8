import { dateOf, defaultQueueRules, defaultThresholds, type QueueRules } from "@tongdai/shared";
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
    // Well before midnight, so that a story is of one day.
    w = await world({ engine, startAt: "2026-11-22T09:00:00+07:00" });
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
    expect(view.person.heard.filter((e) => e.name === "queue_opening.changed").map((e) => e.data)).toEqual([
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

  test("today's numbers of queues and agents are those of the report, whenever somebody looks, also after a restart", async () => {
    const ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    let view = createFloorView(ha);
    await ha.call("floor.watch", {});
    const lan = await w.agent("lan");
    await pass(w, 7_000);

    async function compare(): Promise<void> {
      // The sums are told every three seconds, what time changes within a minute.
      await pass(w, 61_000);
      await pass(w, 3_000);
      const day = dateOf(w.clock.now(), "Asia/Ho_Chi_Minh");
      const ask = { from: day, to: day };
      const queues = await ha.call("report.query", { ...ask, groupBy: "queue" });
      for (const { key, sums } of queues.rows) {
        const { offered, answered, abandoned, levelMet, levelOf } = sums;
        expect(view.day.queue(key ?? "")).toMatchObject({ offered, answered, abandoned, levelMet, levelOf });
      }
      const agents = await ha.call("report.query", { ...ask, groupBy: "agent" });
      for (const { key, sums } of agents.rows) {
        const a = view.day.agent(key ?? "");
        if (key === null || !a) continue;
        const ran = a.running ? agents.at - a.running.since : 0;
        expect({ handled: a.handled, handlingMs: a.handlingMs, missed: a.missed }).toEqual({
          handled: sums.handled,
          handlingMs: sums.talkMs + sums.holdMs + sums.wrapUpMs,
          missed: sums.offersMissed,
        });
        expect(a.busyMs + (a.running?.what === "busy" ? ran : 0)).toBe(sums.busyMs);
        expect(a.idleMs + (a.running?.what === "idle" ? ran : 0)).toBe(sums.idleMs);
      }
      expect(agents.rows.filter((r) => r.key !== null).length).toBeGreaterThan(0);
    }

    await arrives(w);
    await compare();
    expect(view.day.agent(lan.userId)).toMatchObject({ missed: 1 });
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    await lan.call("offer.accept", { offerId: lastOffer(lan).id });
    await compare();
    const [work] = await interactions(w);
    await lan.call("interaction.end", { interactionId: work?.id ?? "", version: work?.version ?? 0 });
    await pass(w, 61_000);
    await compare();
    expect(view.day.queue(w.queueId)).toMatchObject({
      offered: 1,
      answered: 1,
      levelMet: 0,
      levelOf: 1,
      recentOf: 1,
    });
    expect(view.day.agent(lan.userId)).toMatchObject({ handled: 1 });
    // Somebody new, and everybody after a restart.
    const second = createFloorView(await w.person("tam", { roles: ["supervisor"], queues: "none" }));
    await second.person.call("floor.watch", {});
    await second.until(w, (v) => v.day.queue(w.queueId) !== undefined);
    expect(second.day.agent(lan.userId)).toEqual(view.day.agent(lan.userId));
    await w.restart();
    await ha.connect();
    view = createFloorView(ha);
    await ha.call("floor.watch", {});
    await view.until(w, (v) => v.day.queue(w.queueId) !== undefined);
    await compare();
    expect(view.day.agent(lan.userId)).toMatchObject({ handled: 1, missed: 1 });
  });

  test("at midnight the day begins anew, and the last half hour goes on", async () => {
    w.clock.step(Date.parse("2026-11-22T23:50:00+07:00") - w.clock.now());
    const view = await watching();
    await w.person("lan");
    await arrives(w);
    await pass(w, 120_000);
    expect(view.day.queue(w.queueId)).toMatchObject({ offered: 1, levelOf: 1, recentOf: 1 });
    await pass(w, 8 * 60_000);
    await pass(w, 4_000);
    expect(view.day.queue(w.queueId)).toMatchObject({ offered: 0, levelOf: 0, recentOf: 1 });
    await pass(w, 21 * 60_000);
    await pass(w, 4_000);
    expect(view.day.queue(w.queueId)).toMatchObject({ recentOf: 0 });
  });

  test("how service level is read is chosen by a supervisor, audited, and told to everybody who watches", async () => {
    const view = await watching();
    await w.person("lan");
    await arrives(w);
    await pass(w, 30_000);
    expect(view.day.queue(w.queueId)).toMatchObject({ levelOf: 0 });
    await expect(admin.call("floor.define", { definition: {} })).rejects.toMatchObject({ code: "forbidden" });
    await view.person.call("floor.define", { definition: { targetSeconds: 20 } });
    await view.until(w, (v) => v.day.definition?.targetSeconds === 20);
    expect(view.day.queue(w.queueId)).toMatchObject({ levelOf: 1 });
    const { rows } = await admin.call("audit.list", {});
    expect(rows.find((r) => r.action === "floor.defined")).toMatchObject({
      actorId: view.person.userId,
      detail: { changes: [{ path: ["targetSeconds"], was: 60, is: 20 }] },
    });
  });

  test("thresholds are set from the floor for everybody, audited, by whoever still sees what they change", async () => {
    const view = await watching();
    const { person } = view;
    const was = view.queue(w.queueId)?.thresholds;
    if (!was) throw new Error("no thresholds");
    expect(was).toEqual(defaultThresholds);
    const thresholds = { ...was, waiting: { warn: 3, alarm: 6 } };
    const ask = { queueId: w.queueId, was, thresholds };
    const lan = await w.agent("lan");
    await expect(lan.call("floor.set_thresholds", ask)).rejects.toMatchObject({ code: "forbidden" });
    await person.call("floor.set_thresholds", ask);
    await view.until(w, (v) => v.queue(w.queueId)?.thresholds.waiting.alarm === 6);
    const late = person.call("floor.set_thresholds", { ...ask, thresholds: defaultThresholds });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    const other = person.call("floor.set_thresholds", { ...ask, queueId: person.userId });
    await expect(other).rejects.toMatchObject({ code: "not_found" });
    const { rows } = await admin.call("audit.list", {});
    expect(rows.filter((r) => r.action === "thresholds.saved")).toMatchObject([
      {
        actorId: person.userId,
        target: w.queueId,
        detail: {
          changes: [
            { path: ["waiting", "warn"], was: null, is: 3 },
            { path: ["waiting", "alarm"], was: null, is: 6 },
          ],
        },
      },
    ]);
    await w.restart();
    await person.connect();
    const again = createFloorView(person);
    await person.call("floor.watch", {});
    await again.until(w, (v) => v.queue(w.queueId)?.thresholds.waiting.alarm === 6);
  });
});
