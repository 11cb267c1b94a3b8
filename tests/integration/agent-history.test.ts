import { defaultStateRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { talk } from "../support/talk.ts";
import { arrives, interactions, offersTo, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const MINUTE = 60_000;

/** A zone in which it is early in the morning, so that the day does not end in a test. */
function morning(): string {
  const ahead = ((6 - new Date().getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

describe.each(["sqlite", "postgres"] as const)("what agents did with their time on %s", (engine) => {
  let w: World;
  let ha: Person;
  beforeEach(async () => {
    w = await world({ engine, config: { timeZone: morning() } });
    ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
  });
  afterEach(() => w.close());

  const history = async (asker: Person, of: Person) => {
    const { spans, missed, from, at, complete } = await asker.call("agent.history", { userId: of.userId });
    expect(complete).toBe(true);
    expect(from).toBeLessThanOrEqual(at);
    return {
      missed,
      spans: spans.map((s) => [s.reason ?? s.state, s.until === null ? null : s.until - s.from, s.by]),
    };
  };

  test("an agent sees the own day, a supervisor everybody's, with who set each state", async () => {
    const lan = await w.agent("lan");
    await pass(w, 60 * MINUTE);
    await lan.call("agent.set_state", { state: "away", reason: "lunch" });
    await pass(w, 30 * MINUTE);
    await ha.call("agent.force_state", { userId: lan.userId, state: "available", note: "Đông khách" });
    await pass(w, 5 * MINUTE);
    await lan.call("agent.set_state", { state: "offline" });
    const day = {
      missed: 0,
      spans: [
        ["available", 60 * MINUTE, lan.userId],
        ["lunch", 30 * MINUTE, lan.userId],
        ["available", 5 * MINUTE, ha.userId],
        ["offline", null, lan.userId],
      ],
    };
    expect(await history(lan, lan)).toEqual(day);
    expect(await history(ha, lan)).toEqual(day);
    const minh = await w.person("minh");
    await expect(history(minh, lan)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a missed offer makes the agent away until they say that they are back, and is counted", async () => {
    const lan = await w.agent("lan");
    for (let missed = 1; missed <= 2; missed++) {
      if (missed === 1) await arrives(w);
      await lan.hear("offer.made", (d) => d.offer.id !== offersTo(lan).at(-2)?.id);
      await pass(w, 31_000);
      const day = await history(lan, lan);
      expect(day.missed).toBe(missed);
      expect(day.spans.at(-1)).toEqual(["missed", null, null]);
      await lan.call("agent.set_state", { state: "available" });
      await w.settle();
    }
  });

  test("who vanishes in the middle of a talk: it goes back at its age, and supervisors read who, since when and what, also later", async () => {
    const { agent: lan, interaction, conversationId } = await talk(w);
    const minh = await w.person("minh");
    const before = w.clock.now();
    lan.disconnect();
    await pass(w, 1_000);
    await pass(w, 46_000);
    const told = await ha.hear("agent.departed");
    expect(told).toMatchObject({
      agentId: lan.userId,
      why: "lost",
      work: [{ interactionId: interaction.id, conversationId, customerName: "Trần Văn Khách" }],
    });
    expect(told.since - before).toBeLessThan(2_000);
    const [row] = await interactions(w);
    expect(row).toMatchObject({ state: "waiting", owner_id: null, waiting_since: interaction.waitingSince });
    await minh.call("agent.set_state", { state: "available" });
    expect(minh.heard.some((e) => e.name === "agent.departed")).toBe(false);
    await expect(minh.call("floor.notices", {})).rejects.toMatchObject({ code: "forbidden" });
    const later = await w.person("hue", { roles: ["supervisor"], queues: "none" });
    const { notices } = await later.call("floor.notices", {});
    expect(notices).toMatchObject([{ name: "agent.departed", data: told }]);
    expect((await history(ha, lan)).spans.at(-1)).toEqual(["lost", null, null]);
  });

  test("the notices of today are the newest first; who signed off with empty hands is none", async () => {
    const an = await w.person("an", { roles: ["admin"], queues: "none" });
    await an.call("state_rules.save", { ...defaultStateRules, maxMinutes: { busy: 10, missed: null } });
    const { agent: lan } = await talk(w);
    await lan.call("agent.set_state", { state: "busy" });
    await pass(w, 11 * MINUTE);
    await lan.call("agent.set_state", { state: "offline" });
    await pass(w, 46_000);
    const minh = await w.agent("minh");
    await minh.call("agent.set_state", { state: "offline" });
    await pass(w, 46_000);
    const { notices } = await ha.call("floor.notices", {});
    expect(notices.map((n) => [n.name, n.data.agentId])).toEqual([
      ["agent.departed", lan.userId],
      ["agent.overstayed", lan.userId],
    ]);
    await pass(w, 24 * 60 * MINUTE);
    const nextDay = await w.person("hue", { roles: ["supervisor"], queues: "none" });
    expect((await nextDay.call("floor.notices", {})).notices).toEqual([]);
  });
});
