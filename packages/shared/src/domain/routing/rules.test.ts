import { describe, expect, test } from "vitest";
import { type CapacityRule, defaultCapacity } from "../../contract/routing.ts";
import { freeAgent, plainChat, plainQueue, plainRules } from "../../testing/routing-floor.ts";
import type { RoutableAgent, WaitingItem } from "./floor.ts";
import { rankAt } from "./priority.ts";
import { route } from "./route.ts";
import type { QueueRule } from "./rules.ts";

const MINUTE = 60_000;
const NOW = 100 * MINUTE;
const chat: WaitingItem = { ...plainChat, waitingSince: NOW };
const an = freeAgent;
const binh: RoutableAgent = { ...an, userId: "binh", idleSince: 9, offeredAt: 1 };

/** Who gets the only item, or why nobody. */
function outcome(o: {
  item?: Partial<WaitingItem>;
  queue?: Partial<QueueRule>;
  agents?: readonly RoutableAgent[];
  capacity?: Partial<CapacityRule>;
  lengths?: ReadonlyMap<string, number>;
}) {
  const rules = plainRules(o.queue);
  const { decisions, lookAgainAt } = route({
    waiting: [{ ...chat, ...o.item }],
    agents: o.agents ?? [an, binh],
    rules: { ...rules, capacity: { ...rules.capacity, ...o.capacity } },
    now: NOW,
    ...(o.lengths ? { lengths: o.lengths } : {}),
  });
  return { agentId: decisions[0]?.agentId, why: decisions[0]?.why, lookAgainAt };
}

describe("rules", () => {
  test("what an account asks for comes on top of the ring's, the higher level of both, at any age", () => {
    const rings = [
      { afterMs: 0, needs: [{ skillId: "billing", level: 3 }], prefers: [] },
      { afterMs: MINUTE, needs: [], prefers: [] },
    ];
    const needs = [{ skillId: "english", level: 2 }];
    const agents = [
      { ...an, skills: { billing: 5, english: 1 } },
      { ...binh, skills: { billing: 3, english: 2 } },
    ];
    expect(outcome({ item: { needs }, queue: { rings }, agents }).agentId).toBe("binh");
    const old = { needs, waitingSince: NOW - 5 * MINUTE };
    expect(outcome({ item: old, queue: { rings }, agents: [an] })).toMatchObject({
      agentId: null,
      why: [{ code: "lacks_skill", of: "english" }],
    });
    const more = [{ skillId: "billing", level: 4 }];
    expect(
      outcome({ item: { needs: more }, queue: { rings }, agents: [binh, agents[0] ?? an] }).agentId,
    ).toBe("an");
  });

  test.each([
    ["longest_idle", "an"],
    ["round_robin", "binh"],
    ["least_loaded", "chi"],
    ["most_skilled", "dung"],
  ] as const)("%s asks %s", (strategy, agentId) => {
    const busy = { ...an.carries, chat: 1 };
    const agents = [
      { ...an, carries: busy, skills: { billing: 1 } },
      { ...binh, carries: busy, skills: { billing: 1 } },
      { ...an, userId: "chi", idleSince: 20, offeredAt: 20, skills: { billing: 1 } },
      { ...an, userId: "dung", idleSince: 30, offeredAt: 30, carries: busy, skills: { billing: 4 } },
    ];
    const rings = [{ afterMs: 0, needs: [{ skillId: "billing", level: 1 }], prefers: [] }];
    expect(outcome({ queue: { strategy, rings }, agents })).toMatchObject({
      agentId,
      why: { code: strategy, ring: 1 },
    });
  });

  test("a ring widens at its time and says which it was", () => {
    const rings = [
      { afterMs: 0, needs: [{ skillId: "billing", level: 3 }], prefers: [] },
      { afterMs: 45_000, needs: [], prefers: [] },
    ];
    expect(outcome({ queue: { rings }, item: { waitingSince: NOW - 44_999 } })).toEqual({
      agentId: null,
      why: [{ code: "lacks_skill", agents: 2, of: "billing" }],
      lookAgainAt: NOW + 1,
    });
    expect(outcome({ queue: { rings }, item: { waitingSince: NOW - 45_000 } })).toEqual({
      agentId: "an",
      why: { code: "longest_idle", ring: 2 },
      lookAgainAt: null,
    });
  });

  test("of those who fit, who has the preferred skill is asked before who is idle longer", () => {
    const rings = [{ afterMs: 0, needs: [], prefers: [{ skillId: "english", level: 2 }] }];
    const agents = [an, { ...binh, skills: { english: 2 } }];
    expect(outcome({ queue: { rings }, agents }).agentId).toBe("binh");
  });

  test("work is kept for the last agent while that agent is there and full, no longer than its time, and not when gone", () => {
    const full = { ...an, carries: { ...an.carries, chat: 3 } };
    const kept = { queue: { lastAgentMs: 30_000 }, item: { lastAgentId: "an", waitingSince: NOW - 29_999 } };
    expect(outcome(kept)).toMatchObject({ agentId: "an", why: { code: "last_agent" } });
    expect(outcome({ ...kept, agents: [full, binh] })).toEqual({
      agentId: null,
      why: [{ code: "kept_for", agents: 1, of: "an" }],
      lookAgainAt: NOW + 1,
    });
    const late = { ...kept, item: { ...kept.item, waitingSince: NOW - 30_000 } };
    expect(outcome({ ...late, agents: [full, binh] })).toMatchObject({ agentId: "binh" });
    expect(outcome({ ...kept, agents: [{ ...an, state: "away" }, binh] })).toMatchObject({ agentId: "binh" });
    const declined = { ...kept, item: { ...kept.item, declinedBy: ["an"] } };
    expect(outcome(declined)).toMatchObject({ agentId: "binh" });
  });

  test("another queue helps out after a time or beyond a length, its own members first", () => {
    const helper = { ...an, userId: "chi", queueIds: ["sales"] };
    const byTime = { queue: { overflow: [{ queueId: "sales", afterMs: 60_000, longerThan: null }] } };
    const byLength = { queue: { overflow: [{ queueId: "sales", afterMs: null, longerThan: 5 }] } };
    const old = { waitingSince: NOW - 60_000 };
    expect(outcome({ ...byTime, agents: [helper] })).toMatchObject({
      agentId: null,
      lookAgainAt: NOW + 60_000,
    });
    const helped = { agentId: "chi", why: { code: "longest_idle", ring: 1, helps: "care" } };
    expect(outcome({ ...byTime, item: old, agents: [helper] })).toMatchObject(helped);
    expect(outcome({ ...byTime, item: old, agents: [helper, binh] }).agentId).toBe("binh");
    expect(outcome({ ...byLength, agents: [helper], lengths: new Map([["care", 5]]) }).agentId).toBeNull();
    expect(outcome({ ...byLength, agents: [helper], lengths: new Map([["care", 6]]) })).toMatchObject(helped);
  });

  test("a call interrupts mail where the rule says so, and never a chat", () => {
    const { interrupts } = defaultCapacity;
    const call = { kind: "call", channel: "voice" } as const;
    const mails = { ...an, carries: { ...an.carries, mail: 2 } };
    const chats = { ...an, carries: { ...an.carries, chat: 1 } };
    expect(outcome({ item: call, agents: [mails] }).agentId).toBeNull();
    expect(outcome({ item: call, agents: [mails], capacity: { interrupts } }).agentId).toBe("an");
    expect(outcome({ item: call, agents: [chats], capacity: { interrupts } })).toMatchObject({
      agentId: null,
      why: [{ code: "at_capacity", agents: 1, of: "call" }],
    });
  });

  test("a chat whose customer owes the next word leaves room", () => {
    const agents = [{ ...an, carries: { ...an.carries, chat: 3, idleChats: 2 } }];
    expect(outcome({ agents }).agentId).toBeNull();
    expect(outcome({ agents, capacity: { idleChat: 0.5 } }).agentId).toBe("an");
  });

  test("what agents pick for themselves is offered to nobody but whom it is meant for", () => {
    expect(outcome({ queue: { mode: "pull" } })).toMatchObject({
      agentId: null,
      why: [{ code: "agents_pick" }],
    });
    expect(outcome({ queue: { mode: "pull" }, item: { transferredTo: "binh" } }).agentId).toBe("binh");
  });

  test("a tag, channel, a closing window and a supervisor move work forward; age overtakes in the end", () => {
    const priority = {
      base: 0,
      perMinute: 1,
      byTag: { gold: 10 },
      byChannel: { facebook: 1 },
      byWindow: [
        { withinMs: 60 * MINUTE, points: 2 },
        { withinMs: 10 * MINUTE, points: 20 },
      ],
    };
    const waiting: WaitingItem[] = [
      { ...chat, interactionId: "plain" },
      { ...chat, interactionId: "old", waitingSince: NOW - 25 * MINUTE },
      { ...chat, interactionId: "gold", tags: ["gold"] },
      { ...chat, interactionId: "closing", windowClosesAt: NOW + 10 * MINUTE },
      { ...chat, interactionId: "closing-later", windowClosesAt: NOW + 11 * MINUTE },
      { ...chat, interactionId: "closed", windowClosesAt: NOW, channel: "zalo" },
      { ...chat, interactionId: "pushed", boost: 100 },
    ];
    const rules = {
      queues: new Map([["care", { ...plainQueue, priority }]]),
      capacity: { idleChat: 1, interrupts: [] },
    };
    const { decisions } = route({ waiting, agents: [], rules, now: NOW });
    expect(decisions.map((d) => d.interactionId)).toEqual([
      "pushed",
      "old",
      "closing",
      "gold",
      "closing-later",
      "plain",
      "closed",
    ]);
  });

  test("a place in the line is a number that a database can keep, however little waiting adds", () => {
    const item = { ...chat, waitingSince: Date.UTC(2026, 10, 22), boost: 1_000 };
    const place = (perMinute: number) =>
      rankAt(item, { base: 0, perMinute, byTag: {}, byChannel: { facebook: 1_000 }, byWindow: [] });
    expect(place(1)).toBe(item.waitingSince - 2_000 * MINUTE);
    for (const tiny of [1e-9, 1e-300, Number.MIN_VALUE]) expect(place(tiny)).toBe(place(0));
    expect(place(0)).toSatisfy(Number.isSafeInteger);
  });
});
