import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Talk, talk } from "../support/talk.ts";
import { interactions, offersTo, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("a customer who writes in the wrap-up, on %s", (engine) => {
  let w: World;
  let t: Talk;
  beforeEach(async () => {
    w = await world({ engine });
    t = await talk(w);
    await t.agent.call("interaction.end", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
    });
  });
  afterEach(() => w.close());

  async function writes() {
    await t.customer.text("Còn một câu nữa");
    await w.settle();
    const [only] = await interactions(w);
    return only;
  }

  test("goes on with the agent who is there", async () => {
    expect(await writes()).toMatchObject({ state: "active", owner_id: t.agent.userId });
  });

  test("goes on with an agent who lost the connection a moment ago, and to the queue when that one stays away", async () => {
    t.agent.disconnect();
    await w.settle();
    expect(await writes()).toMatchObject({ state: "active", owner_id: t.agent.userId });
    await pass(w, 46_000);
    expect((await interactions(w))[0]).toMatchObject({ state: "waiting", owner_id: null });
  });

  test("goes back to the queue at its age when the agent has been gone for longer, and a colleague has it", async () => {
    t.agent.disconnect();
    await w.settle();
    await pass(w, 50_000);
    const again = await writes();
    expect(again).toMatchObject({
      id: t.interaction.id,
      state: "waiting",
      owner_id: null,
      waiting_since: t.interaction.waitingSince,
      wrap_up_until: null,
    });
    const minh = await w.agent("minh");
    await w.settle();
    expect(offersTo(minh).map((o) => o.interactionId)).toEqual([t.interaction.id]);
    const { entries } = await minh.call("interaction.history", { interactionId: t.interaction.id });
    expect(entries.find((e) => e.name === "interaction.requeued")).toMatchObject({
      userId: t.agent.userId,
      reasons: [{ code: "agent_lost" }],
    });
    // The time of the wrap-up means nothing any more.
    await pass(w, 20_000);
    expect((await interactions(w))[0]?.state).toBe("offered");
  });

  test("goes back to the queue when the agent has signed off and the grace is over", async () => {
    await t.agent.call("agent.set_state", { state: "offline" });
    await pass(w, 50_000);
    expect(await writes()).toMatchObject({ state: "waiting", owner_id: null });
  });

  test("goes back to the queue when the agent's account was closed", async () => {
    const admin = await w.person("quantri", { roles: ["admin"] });
    await admin.call("user.update", { userId: t.agent.userId, disabled: true });
    await w.settle();
    await pass(w, 46_000);
    expect(await writes()).toMatchObject({ state: "waiting", owner_id: null });
  });

  test("stays in wrap-up with whoever left as long as nobody writes, and is closed in time", async () => {
    t.agent.disconnect();
    await w.settle();
    await pass(w, 50_000);
    expect((await interactions(w))[0]).toMatchObject({ state: "wrap_up", owner_id: t.agent.userId });
    await pass(w, 11_000);
    expect((await interactions(w))[0]?.state).toBe("closed");
  });
});
