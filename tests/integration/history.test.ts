import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { say, talk } from "../support/talk.ts";
import { type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("the history of a conversation on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  test("keeps how earlier work ended, without what was said, and only for those who may see it", async () => {
    const t = await talk(w);
    const { conversationId } = t;
    await say(t, "Em kiểm tra ngay ạ");
    const { interaction: ended } = await t.agent.call("interaction.end", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
    });
    await t.agent.call("interaction.close", {
      interactionId: ended.id,
      version: ended.version,
      disposition: "Đã giải quyết",
      note: "Giao chiều nay",
    });
    const closed = await t.agent.call("interaction.history", { conversationId });
    expect(closed.entries.at(-1)).toMatchObject({
      name: "interaction.closed",
      disposition: "Đã giải quyết",
      note: "Giao chiều nay",
    });

    const again = await t.agent.call("interaction.start", { conversationId });
    const { entries } = await t.agent.call("interaction.history", { conversationId });
    const names = entries.map((e) => e.name);
    expect(names.every((name) => name.startsWith("interaction."))).toBe(true);
    expect(names.filter((name) => name === "interaction.opened")).toHaveLength(2);
    expect(entries.map((e) => e.seq)).toEqual(entries.map((e) => e.seq).sort((a, b) => a - b));
    const own = await t.agent.call("interaction.history", { interactionId: again.interaction.id });
    expect(own.entries).toEqual(entries.slice(-own.entries.length));
    expect(own.entries.length).toBeLessThan(entries.length);

    const stranger = await w.person("bao", { queues: "none" });
    for (const of of [{ conversationId }, { interactionId: t.interaction.id }])
      await expect(stranger.call("interaction.history", of)).rejects.toMatchObject({ code: "not_found" });
  });
});
