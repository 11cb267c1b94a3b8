import { type CommandInput, dateOf } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { say } from "../support/talk.ts";
import { arrives, interactions, lastOffer, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const zone = "Asia/Ho_Chi_Minh";

describe.each(["sqlite", "postgres"] as const)("reports on %s", (engine) => {
  let w: World;
  let ha: Person;
  let day: string;
  beforeEach(async () => {
    // Well before midnight, so that the story is of one day.
    w = await world({ engine, startAt: "2026-11-22T09:00:00+07:00" });
    ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    day = dateOf(w.clock.now(), zone);
  });
  afterEach(() => w.close());

  const query = (groupBy: CommandInput<"report.query">["groupBy"]) =>
    ha.call("report.query", { from: day, to: day, groupBy });

  test("a story of misses, a transfer and wrap-ups gives its numbers, and again after a restart and when rebuilt", async () => {
    const lan = await w.agent("lan");
    await w.settle();
    // First: missed by Lan after 30 s, offered again when she is back at 40 s, taken by her at 45 s, answered at 50 s, handed on to warranty at 80 s.
    const customer = await arrives(w, { text: "Máy hỏng" });
    await pass(w, 30_000);
    await pass(w, 10_000);
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    await pass(w, 5_000);
    const [first] = await interactions(w);
    if (!first) throw new Error("no work");
    await lan.call("offer.accept", { offerId: lastOffer(lan).id });
    await pass(w, 5_000);
    await say({ agent: lan, conversationId: first.conversation_id }, "Em chuyển bảo hành ạ");
    await pass(w, 30_000);
    const [held] = await interactions(w);
    await lan.call("interaction.transfer", {
      interactionId: first.id,
      version: held?.version ?? 0,
      to: { queueId: w.secondQueueId },
      note: "",
    });
    await w.settle();
    // Bảo takes it 20 s later, talks 40 s, wraps up 10 s, is written to, talks 15 s more, and lets the wrap-up run out (60 s).
    const bao = await w.person("bao", { queues: "both" });
    await pass(w, 20_000);
    await bao.call("agent.set_state", { state: "available" });
    await w.settle();
    await bao.call("offer.accept", { offerId: lastOffer(bao).id });
    await pass(w, 40_000);
    const end = async () => {
      const [now] = await interactions(w);
      await bao.call("interaction.end", { interactionId: first.id, version: now?.version ?? 0 });
    };
    await end();
    await pass(w, 10_000);
    await customer.text("À còn nữa");
    await w.settle();
    await pass(w, 15_000);
    await end();
    await pass(w, 60_000);
    // Second: nobody takes it, Hà closes it after 25 s.
    await bao.call("agent.set_state", { state: "away", reason: "lunch" });
    await lan.call("agent.set_state", { state: "busy" });
    await arrives(w);
    await pass(w, 25_000);
    const second = (await interactions(w)).at(-1);
    await ha.call("interaction.close", {
      interactionId: second?.id ?? "",
      version: second?.version ?? 0,
      disposition: "Đã giải quyết",
      resolved: true,
      note: "",
    });
    await w.settle();

    const live = await query("queue");
    const sums = new Map(live.rows.map((r) => [r.key, r.sums]));
    expect(live).toMatchObject({ complete: true, timeZone: zone });
    expect(sums.get(w.queueId)).toMatchObject({
      segments: 2,
      interactions: 2,
      offered: 2,
      answered: 1,
      answeredInTime: 1,
      waitMs: 45_000,
      talkMs: 35_000,
      wrapUpMs: 0,
      transfers: 1,
      abandoned: 1,
      abandonWaitMs: 25_000,
      levelMet: 1,
      levelOf: 2,
      offersMade: 2,
      offersMissed: 1,
      offersAccepted: 1,
    });
    expect(sums.get(w.secondQueueId)).toMatchObject({
      segments: 1,
      interactions: 0,
      answered: 1,
      waitMs: 20_000,
      handled: 1,
      talkMs: 55_000,
      wrapUpMs: 70_000,
      offersMade: 1,
      offersAccepted: 1,
      firstContacts: 0,
    });
    const agents = await query("agent");
    const lans = agents.rows.find((r) => r.key === lan.userId)?.sums;
    expect(lans).toMatchObject({ segments: 1, offersMissed: 1, talkMs: 35_000 });
    // Busy with the open offers (30 s and 5 s) and with the work (35 s); away after the miss for 10 s; free after that.
    expect(lans?.busyMs).toBe(70_000);
    expect(lans?.awayMs).toBe(10_000);

    const { segments } = await ha.call("report.rows", {
      from: day,
      to: day,
      measure: "offersMissed",
      group: { by: "agent", key: lan.userId },
    });
    expect(segments).toMatchObject([
      { interactionId: first.id, conversationId: first.conversation_id, part: 0 },
    ]);

    const all = async () => Promise.all((["queue", "agent", "channel", "hour", "day"] as const).map(query));
    const before = await all();
    await w.gateway.ctx.store.write((tx) =>
      tx.db.deleteFrom("setting").where("key", "=", "report.position").execute(),
    );
    expect(await all()).toEqual(before);

    await w.restart();
    await ha.connect();
    // Nobody is connected any more, and nobody's time goes on meanwhile: the clock stands.
    expect((await query("queue")).rows).toEqual(live.rows);
  });

  test("only who may see reports", async () => {
    const lan = await w.agent("lan");
    await expect(lan.call("report.query", { from: day, to: day, groupBy: "queue" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(lan.call("report.rows", { from: day, to: day, measure: "segments" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
