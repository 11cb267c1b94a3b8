import { defaultQueueRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fakeChannel } from "../../channels/fake/index.ts";
import { ask, person, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { saveQueue } from "../queues/index.ts";
import { saveSkill } from "../skills/save-skill.ts";
import { createUser } from "../users/index.ts";
import { handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("why work waits on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeEach(async () => {
    ctx = await testCtx({ engine, channels: [fakeChannel({ id: "facebook" }).channel] });
    s = await scene(ctx);
  });
  afterEach(() => ctx.close());

  const explain = (caller: Scene["ha"], w: Work) =>
    ask(ctx, caller, {
      name: "interaction.explain",
      handler: handlers["interaction.explain"],
      input: { interactionId: w.interaction.id },
    });

  async function agentNamed(username: string, state: "available" | "away", reason: "lunch" | null = null) {
    const { id } = await createUser(ctx, null, {
      username,
      name: username,
      password: "mat khau dai",
      roles: ["agent"],
      limits: { call: 1, chat: 1, mail: 5 },
    });
    await ctx.store.write((tx) =>
      tx.db
        .updateTable("agent_state")
        .set({ state, reason, lost_at: null })
        .where("user_id", "=", id)
        .execute(),
    );
    return id;
  }

  const saveRules = (memberIds: string[], rules = defaultQueueRules) =>
    saveQueue(ctx, null, {
      id: s.care,
      name: "Chăm sóc",
      memberIds,
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: [{ name: "Xong", resolved: true }],
      rules,
    });

  test("names each agent of the queue with what keeps them, and nobody of another queue", async () => {
    const full = await agentNamed("full", "available");
    const lunch = await agentNamed("lunch", "away", "lunch");
    const free = await agentNamed("free", "available");
    await agentNamed("elsewhere", "available");
    await saveRules([full, lunch, free]);
    await work(ctx, s, { queueId: s.care, ownerId: full });
    const waiting = await work(ctx, s, { queueId: s.care });
    const { agents } = await explain(s.ha, waiting);
    expect(new Map(agents.map((a) => [a.userId, a.obstacle]))).toEqual(
      new Map([
        [full, { code: "at_capacity", kind: "chat", carried: 1, limit: 1 }],
        [lunch, { code: "not_available", state: "lunch" }],
        [free, null],
      ]),
    );
  });

  test("looks at the ring that the work has reached", async () => {
    const free = await agentNamed("free", "available");
    const { id: skillId } = await saveSkill(ctx, s.admin, { id: null, name: "Hoá đơn" });
    const rings = [
      { afterMs: 0, needs: [{ skillId, level: 3 }], prefers: [] },
      { afterMs: 60_000, needs: [], prefers: [] },
    ];
    await saveRules([free], { ...defaultQueueRules, rings });
    const waiting = await work(ctx, s, { queueId: s.care });
    const told = async () => (await explain(s.ha, waiting)).agents[0]?.obstacle;
    expect(await told()).toEqual({ code: "lacks_skill", skillId, level: 3 });
    ctx.clock.advance(60_000);
    expect(await told()).toBeNull();
  });

  test("counts the whole line where another queue helps when it is long", async () => {
    const helper = await agentNamed("helper", "available");
    await saveQueue(ctx, null, {
      id: s.warranty,
      name: "Bảo hành",
      memberIds: [helper],
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: [{ name: "Xong", resolved: true }],
    });
    await saveRules([], {
      ...defaultQueueRules,
      overflow: [{ queueId: s.warranty, afterMs: null, longerThan: 1 }],
    });
    const waiting = await work(ctx, s, { queueId: s.care });
    expect((await explain(s.ha, waiting)).agents).toEqual([]);
    await work(ctx, s, { queueId: s.care });
    expect((await explain(s.ha, waiting)).agents).toEqual([{ userId: helper, obstacle: null }]);
  });

  test("says nothing of work that does not wait, and nothing at all to who may not see the conversation", async () => {
    const owned = await work(ctx, s, { queueId: s.care, ownerId: s.lan.userId });
    expect(await explain(s.lan, owned)).toEqual({ agents: [] });
    await expect(explain(s.minh, owned)).rejects.toMatchObject({ code: "not_found" });
    const stranger = await person(ctx, { roles: ["agent"], queueIds: [] });
    const waiting = await work(ctx, s, { queueId: s.care });
    await expect(explain(stranger, waiting)).rejects.toMatchObject({ code: "not_found" });
  });
});
