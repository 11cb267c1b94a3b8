import { type CommandParsed, defaultQueueRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { interactionById } from "../../store/interactions.ts";
import { memberIdsOf } from "../../store/people.ts";
import { ask, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as interactions } from "../interactions/index.ts";
import { createUser } from "../users/index.ts";
import { saveQueue } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("queues on %s", (engine) => {
  let ctx: TestCtx;
  let lan: string;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
    const user = { username: "lan", name: "Lan", password: "mat khau dai", roles: ["agent" as const] };
    lan = (await createUser(ctx, null, user)).id;
  });
  afterEach(() => ctx.close());

  const save = (change: Partial<CommandParsed<"queue.save">>) =>
    saveQueue(ctx, null, {
      id: null,
      name: "Bảo hành",
      memberIds: [],
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: [{ name: "Đã giải quyết", resolved: true }],
      ...change,
    });

  test("a queue is made, then changed, with its members", async () => {
    const made = await save({ memberIds: [lan, lan] });
    expect(made.memberIds).toEqual([lan]);
    const changed = await save({ id: made.id, name: "Khiếu nại", offerSeconds: 15 });
    expect(changed).toMatchObject({ id: made.id, name: "Khiếu nại", offerSeconds: 15, memberIds: [] });
    expect(await memberIdsOf(ctx.store, made.id)).toEqual([]);
    const rows = await ctx.store.db
      .selectFrom("journal")
      .select("data")
      .where("name", "=", "queue.saved")
      .orderBy("seq")
      .execute();
    expect(rows.map((r) => JSON.parse(r.data))).toEqual([{ queue: made }, { queue: changed }]);
    expect(ctx.woken).toEqual(["router", "router"]);
  });

  test("its rules stay when left out, and give what waits there its place anew", async () => {
    const s = await scene(ctx);
    const waiting = await work(ctx, s, { queueId: s.care });
    const elsewhere = await work(ctx, s, { queueId: s.warranty });
    const priority = { ...defaultQueueRules.priority, byChannel: { facebook: 7 } };
    const rules = { ...defaultQueueRules, priority };
    expect(await save({ id: s.care, name: "Chăm sóc", rules })).toMatchObject({ rules });
    expect(await save({ id: s.care, name: "Khác" })).toMatchObject({ rules });
    const aheadOf = async (w: Work) => {
      const row = await interactionById(ctx.store, w.interaction.id);
      return row && row.waiting_since - row.rank_at;
    };
    // A point is worth a minute of waiting.
    expect([await aheadOf(waiting), await aheadOf(elsewhere)]).toEqual([7 * 60_000, 0]);
    await ask(ctx, s.ha, {
      name: "interaction.transfer",
      handler: interactions["interaction.transfer"],
      input: { interactionId: elsewhere.interaction.id, version: 1, to: { queueId: s.care } },
    });
    expect(await aheadOf(elsewhere)).toBe(7 * 60_000);
  });

  test("a name is taken once, but a queue keeps its own", async () => {
    const made = await save({});
    await expect(save({})).rejects.toMatchObject({ code: "conflict" });
    await expect(save({ id: made.id, wrapUpSeconds: 5 })).resolves.toMatchObject({ wrapUpSeconds: 5 });
  });

  test("an unknown member or queue is refused and nothing is kept", async () => {
    const nobody = "00000000-0000-7000-8000-000000000000";
    await expect(save({ memberIds: [lan, nobody] })).rejects.toMatchObject({ code: "not_found" });
    await expect(save({ id: nobody })).rejects.toMatchObject({ code: "not_found" });
    expect(await ctx.store.db.selectFrom("queue").selectAll().execute()).toEqual([]);
  });
});
