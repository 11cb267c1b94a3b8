import { describe, expect, test } from "vitest";
import { freeAgent, plainChat, plainRules } from "../../testing/routing-floor.ts";
import { explain } from "./explain.ts";
import type { RoutableAgent, WaitingItem } from "./floor.ts";
import { route } from "./route.ts";
import type { QueueRule } from "./rules.ts";

const NOW = 6_000_000;
const chat: WaitingItem = { ...plainChat, waitingSince: NOW - 10_000 };
const an: RoutableAgent = { ...freeAgent, carries: { ...freeAgent.carries, chat: 3 } };
const binh: RoutableAgent = { ...an, userId: "binh", carries: { ...an.carries, chat: 0 } };

const told = (item: Partial<WaitingItem> = {}, rules: Partial<QueueRule> = {}) =>
  Object.fromEntries(
    explain(
      {
        waiting: [{ ...chat, ...item }],
        agents: [an, binh],
        rules: plainRules({ lastAgentMs: 30_000, ownerMs: 60_000, ...rules }),
        now: NOW,
      },
      "i1",
    ).map((v) => [v.userId, v.obstacle]),
  );
const full = { code: "at_capacity", kind: "chat", carried: 3, limit: 3 };

describe("why one piece of work waits, agent by agent", () => {
  test("names what keeps each of them, and nothing for who could take it", () => {
    expect(told()).toEqual({ an: full, binh: null });
    expect(told({ declinedBy: ["binh"] })).toEqual({ an: full, binh: { code: "declined" } });
  });

  test("kept for the agent who knows the customer, the others wait until that time is over", () => {
    const until = NOW - 10_000 + 30_000;
    expect(told({ lastAgentId: "an" })).toEqual({
      an: full,
      binh: { code: "kept_for", userId: "an", until },
    });
    expect(told({ lastAgentId: "an" }, { lastAgentMs: 5_000 }).binh).toBeNull();
  });

  test("handed to one agent, the others never get it; that agent needs neither queue nor skill", () => {
    const rings = [{ afterMs: 0, needs: [{ skillId: "billing", level: 3 }], prefers: [] }];
    expect(told({ transferredTo: "binh" }, { rings })).toEqual({
      an: { code: "lacks_skill", skillId: "billing", level: 3 },
      binh: null,
    });
    expect(told({ transferredTo: "an" }).binh).toEqual({ code: "kept_for", userId: "an", until: null });
  });

  test("what rings needs a phone, whoever else could take it; what does not ring needs none", () => {
    const call = { ...chat, rings: true };
    const agents = [binh, { ...binh, userId: "chi", phone: true }];
    const rules = plainRules();
    const why = (item: WaitingItem) =>
      explain({ waiting: [item], agents, rules, now: NOW }, "i1").map((v) => v.obstacle);
    expect(why(call)).toEqual([{ code: "no_phone" }, null]);
    expect(why(chat)).toEqual([null, null]);
    const [decision] = route({ waiting: [call], agents, rules, now: NOW }).decisions;
    expect(decision?.agentId).toBe("chi");
  });

  test("in a queue where agents pick, that is what keeps it from who is free", () => {
    expect(told({}, { mode: "pull" })).toEqual({ an: full, binh: { code: "agents_pick" } });
  });
});
