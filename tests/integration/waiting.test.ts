import type { WaitRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "../simulators/facebook/index.ts";
import type { Person } from "../support/person.ts";
import { arrives, interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SORRY = "Dạ bên em đang đông khách, anh/chị chờ giúp em ạ.";

describe.each(["sqlite", "postgres"] as const)("whoever waits long on %s", (engine) => {
  let w: World;
  let admin: Person;
  beforeEach(async () => {
    w = await world({ engine });
    admin = await w.person("quantri", { roles: ["admin"] });
  });
  afterEach(() => w.close());

  async function save(o: { waiting?: WaitRules; hoursId?: string | null; queueId?: string }): Promise<void> {
    const id = o.queueId ?? w.queueId;
    const { db } = w.gateway.ctx.store;
    const queue = await db.selectFrom("queue").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    const members = await db.selectFrom("queue_member").selectAll().where("queue_id", "=", id).execute();
    await admin.call("queue.save", {
      id,
      name: queue.name,
      memberIds: members.map((m) => m.user_id),
      dispositions: [{ name: "Đã giải quyết", resolved: true }],
      ...(o.waiting ? { waiting: o.waiting } : {}),
      ...(o.hoursId === undefined ? {} : { hoursId: o.hoursId }),
    });
    await w.settle();
  }

  const steps = (...list: WaitRules["steps"]): { waiting: WaitRules } => ({
    waiting: { steps: list, place: null },
  });

  /** Hours by which it opens every day in an hour, or, closed for a year, never within the test. */
  async function saveHours(id: string | null, inMinutes: number): Promise<string> {
    const opens = new Date(w.clock.now() + inMinutes * MINUTE);
    const minute = opens.getUTCHours() * 60 + opens.getUTCMinutes();
    const weekly = Array.from(
      { length: 7 },
      () => [[minute, Math.min(1_440, minute + 5)]] as [number, number][],
    );
    const { hours } = await admin.call("hours.save", { id, name: "Ca", timeZone: "Etc/GMT", weekly });
    await w.settle();
    return hours.id;
  }

  const said = (customer: Customer) =>
    customer.transcript().messages.flatMap((m) => (m.from === "page" ? [m.text] : []));
  const tickets = () =>
    w.gateway.ctx.store.db.selectFrom("ticket").selectAll().where("status", "=", "new").execute();
  const states = async () => (await interactions(w)).map((i) => i.state);

  async function take(agent: Person): Promise<void> {
    await agent.call("offer.accept", { offerId: lastOffer(agent).id });
    await w.settle();
  }

  test("gets a word first and a ticket in the end, and the work is closed with that reason", async () => {
    const lan = await w.person("lan");
    await save(
      steps(
        { afterMs: 5 * MINUTE, action: "message", text: SORRY },
        { afterMs: 10 * MINUTE, action: "ticket" },
      ),
    );
    const customer = await arrives(w, { text: "Máy bị hỏng" });
    await pass(w, 4 * MINUTE);
    expect(said(customer)).toEqual([]);
    await pass(w, 1 * MINUTE);
    expect(said(customer)).toEqual([SORRY]);
    await pass(w, 4 * MINUTE);
    expect([await states(), await tickets()]).toEqual([["waiting"], []]);
    await pass(w, 1 * MINUTE);
    expect(await states()).toEqual(["closed"]);
    expect(await tickets()).toMatchObject([{ subject: "Máy bị hỏng", queue_id: w.queueId }]);
    const closed = lan.heard.find((e) => e.name === "interaction.closed");
    expect(closed?.data).toMatchObject({ reasons: [{ code: "waited_too_long" }] });
    // Nothing is owed twice: the ticket of those whom nobody answered does not come on top.
    await pass(w, 30 * MINUTE);
    expect(await tickets()).toHaveLength(1);
    expect(said(customer)).toEqual([SORRY]);
  });

  test("is served: nothing of it happens any more, and a step that was done is not done again", async () => {
    const lan = await w.agent("lan");
    await save(
      steps(
        { afterMs: 5 * MINUTE, action: "message", text: SORRY },
        { afterMs: 10 * MINUTE, action: "ticket" },
      ),
    );
    await lan.call("agent.set_state", { state: "away", reason: "break" });
    const customer = await arrives(w);
    await pass(w, 6 * MINUTE);
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    await take(lan);
    await pass(w, 60 * MINUTE);
    expect([said(customer), await states(), await tickets()]).toEqual([[SORRY], ["active"], []]);
    // Back in the queue it waits anew: the word is not said again, the ticket comes ten minutes later.
    await lan.call("agent.set_state", { state: "offline" });
    await pass(w, 46 * SECOND);
    expect(await states()).toEqual(["waiting"]);
    await pass(w, 8 * MINUTE);
    expect(await states()).toEqual(["waiting"]);
    await pass(w, 2 * MINUTE);
    expect([said(customer), await states()]).toEqual([[SORRY], ["closed"]]);
  });

  test("is being offered to somebody when a step falls due: it is done when the offer comes to nothing", async () => {
    const lan = await w.person("lan");
    await save(steps({ afterMs: 60 * SECOND, action: "ticket" }));
    await arrives(w);
    await pass(w, 50 * SECOND);
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    await pass(w, 20 * SECOND);
    expect([await states(), await tickets()]).toEqual([["offered"], []]);
    await lan.call("offer.decline", { offerId: lastOffer(lan).id });
    await w.settle();
    expect([await states(), (await tickets()).length]).toEqual([["closed"], 1]);
  });

  test("is moved to another queue at its age, where that queue's own steps count from then on", async () => {
    const minh = await w.person("minh", { queues: "both" });
    await save(steps({ afterMs: 10 * MINUTE, action: "move", queueId: w.secondQueueId }));
    await save({ queueId: w.secondQueueId, ...steps({ afterMs: 5 * MINUTE, action: "ticket" }) });
    await arrives(w);
    const [before] = await interactions(w);
    await pass(w, 10 * MINUTE);
    expect(await interactions(w)).toMatchObject([
      { state: "waiting", queue_id: w.secondQueueId, waiting_since: before?.waiting_since },
    ]);
    const moved = minh.heard.find((e) => e.name === "interaction.transferred");
    expect(moved).toMatchObject({ actorId: null, data: { reasons: [{ code: "waited_too_long" }] } });
    await pass(w, 4 * MINUTE);
    expect(await states()).toEqual(["waiting"]);
    await pass(w, 1 * MINUTE);
    expect(await states()).toEqual(["closed"]);
  });

  test("moved to and fro by two queues comes to rest: each step is done once", async () => {
    await save(steps({ afterMs: MINUTE, action: "move", queueId: w.secondQueueId }));
    await save({
      queueId: w.secondQueueId,
      ...steps({ afterMs: MINUTE, action: "move", queueId: w.queueId }),
    });
    await arrives(w);
    for (let minute = 0; minute < 6; minute++) await pass(w, MINUTE);
    expect(await interactions(w)).toMatchObject([{ state: "waiting", queue_id: w.queueId }]);
  });

  test("is called back: a ticket that is owed by the next opening", async () => {
    const hoursId = await saveHours(null, -1);
    await save({ hoursId, ...steps({ afterMs: 2 * MINUTE, action: "call_back" }) });
    const cameAt = w.clock.now();
    await arrives(w);
    await pass(w, 2 * MINUTE);
    expect(await states()).toEqual(["closed"]);
    const [ticket] = await tickets();
    const due = (ticket?.due_at ?? 0) - cameAt;
    expect([due > 23 * 60 * MINUTE, due < 24 * 60 * MINUTE]).toEqual([true, true]);
  });

  test("and is held does not wait: the steps count from the opening on, also when that comes earlier", async () => {
    const hoursId = await saveHours(null, 60);
    await save({ hoursId, ...steps({ afterMs: 10 * MINUTE, action: "ticket" }) });
    await arrives(w);
    await pass(w, 30 * MINUTE);
    expect([await states(), await tickets()]).toEqual([["waiting"], []]);
    await save({ hoursId: null });
    await pass(w, 9 * MINUTE);
    expect(await states()).toEqual(["waiting"]);
    await pass(w, 1 * MINUTE);
    expect(await states()).toEqual(["closed"]);
  });

  test("rules that are new hold for those who wait already", async () => {
    const customer = await arrives(w);
    await pass(w, 7 * MINUTE);
    await save(steps({ afterMs: 5 * MINUTE, action: "message", text: SORRY }));
    await w.settle();
    expect(said(customer)).toEqual([SORRY]);
    await pass(w, 30 * MINUTE);
    expect(said(customer)).toEqual([SORRY]);
  });

  test("rules that name a queue that is not there, or the same one, are refused", async () => {
    for (const queueId of [crypto.randomUUID(), w.queueId])
      await expect(save(steps({ afterMs: MINUTE, action: "move", queueId }))).rejects.toMatchObject({
        details: { field: "waiting.steps.0.queueId" },
      });
  });

  test("is told their place and about how long, and again when it is better, but not at once who is taken", async () => {
    const lan = await w.agent("lan");
    await admin.call("user.update", { userId: lan.userId, limits: { call: 1, chat: 1, mail: 5 } });
    const place = { text: "Vị trí {{position}}\nKhoảng {{minutes}} phút", everyMs: 2 * MINUTE };
    await save({ waiting: { steps: [], place } });
    const first = await arrives(w);
    await take(lan);
    const [second, third] = [await arrives(w), await arrives(w)];
    expect([said(second), said(third)]).toEqual([[], []]);
    await pass(w, 5 * SECOND);
    // One page sends so many messages a second.
    await pass(w, 1 * SECOND);
    expect([said(first), said(second), said(third)]).toEqual([[], ["Vị trí 1"], ["Vị trí 2"]]);
    await pass(w, 3 * MINUTE);
    // No better place: no word.
    expect(said(third)).toEqual(["Vị trí 2"]);
    const work = (await interactions(w)).find((i) => i.owner_id === lan.userId);
    await lan.call("interaction.close", {
      interactionId: work?.id ?? "",
      version: work?.version ?? 0,
      disposition: "Đã giải quyết",
    });
    await w.settle();
    await take(lan);
    await pass(w, 2 * MINUTE);
    expect(said(third)).toEqual(["Vị trí 2", "Vị trí 1\nKhoảng 4 phút"]);
    expect(said(second)).toEqual(["Vị trí 1"]);
    const automatic = await w.gateway.ctx.store.db
      .selectFrom("message")
      .select("author_kind")
      .where("direction", "=", "out")
      .execute();
    expect(automatic.map((m) => m.author_kind)).toEqual(["system", "system", "system"]);
    expect(offersTo(lan)).toHaveLength(2);
  });
});
