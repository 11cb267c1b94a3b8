import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WorkKind } from "../../contract/channel-info.ts";
import type { Need } from "../../contract/needs.ts";
import type { CapacityRule } from "../../contract/routing.ts";
import { hasRoom, withOneMore } from "./capacity.ts";
import { explain } from "./explain.ts";
import type { RoutableAgent, WaitingItem } from "./floor.ts";
import { type Floor, type Routing, route } from "./route.ts";
import type { QueueRule, Rules } from "./rules.ts";

const MINUTE = 60_000;
const NOW = 100 * MINUTE;
const agentIds = ["an", "binh", "chi", "dung", "em"];
const queueIds = ["care", "sales", "repair"];
const skillIds = ["billing", "english"];
const kinds: WorkKind[] = ["call", "chat", "mail"];

const needs: fc.Arbitrary<Need[]> = fc
  .subarray(skillIds)
  .chain((ids) =>
    fc.tuple(
      ...ids.map((skillId) =>
        fc.record({ skillId: fc.constant(skillId), level: fc.integer({ min: 1, max: 5 }) }),
      ),
    ),
  );
const minutes = (max: number) => fc.integer({ min: 0, max }).map((n) => n * MINUTE);

const queueRule = (queueId: string): fc.Arbitrary<QueueRule> =>
  fc.record({
    queueId: fc.constant(queueId),
    mode: fc.constantFrom("push", "push", "push", "pull"),
    strategy: fc.constantFrom("longest_idle", "least_loaded", "round_robin", "most_skilled"),
    priority: fc.record({
      base: fc.integer({ min: 0, max: 10 }),
      perMinute: fc.integer({ min: 1, max: 3 }),
      byTag: fc.constant({ gold: 20 }),
      byChannel: fc.constant({ voice: 5 }),
      byWindow: fc.constant([{ withinMs: 10 * MINUTE, points: 30 }]),
    }),
    rings: fc.tuple(needs, needs, fc.subarray(["care", "sales"])).map(([first, second]) => [
      { afterMs: 0, needs: first, prefers: [] },
      { afterMs: 5 * MINUTE, needs: [], prefers: second },
    ]),
    lastAgentMs: minutes(5),
    ownerMs: minutes(5),
    overflow: fc.subarray(queueIds.filter((id) => id !== queueId)).map((ids) =>
      ids.map((id, n) => ({
        queueId: id,
        afterMs: n === 0 ? 3 * MINUTE : null,
        longerThan: n === 0 ? null : 2,
      })),
    ),
  });

const agent = (userId: string): fc.Arbitrary<RoutableAgent> =>
  fc.record({
    userId: fc.constant(userId),
    queueIds: fc.subarray(queueIds),
    skills: fc.dictionary(fc.constantFrom(...skillIds), fc.integer({ min: 1, max: 5 })),
    state: fc.constantFrom("available", "available", "away", "lost"),
    limits: fc.record({
      call: fc.constantFrom(0, 1),
      chat: fc.integer({ min: 0, max: 3 }),
      mail: fc.integer({ min: 0, max: 4 }),
    }),
    carries: fc
      .record({ call: fc.nat(1), chat: fc.nat(3), mail: fc.nat(3), idle: fc.nat(3) })
      .map(({ idle, ...c }) => ({ ...c, idleChats: Math.min(idle, c.chat) })),
    idleSince: minutes(100),
    offeredAt: minutes(100),
  });

const item = (interactionId: string): fc.Arbitrary<WaitingItem> =>
  fc
    .record({
      interactionId: fc.constant(interactionId),
      queueId: fc.constantFrom(...queueIds),
      kind: fc.constantFrom(...kinds),
      waitingSince: fc.integer({ min: 0, max: 12 }).map((n) => NOW - n * MINUTE),
      boost: fc.constantFrom(0, 0, 50),
      tags: fc.constantFrom([], ["gold"]),
      windowClosesAt: fc.constantFrom(null, NOW + 5 * MINUTE, NOW + 60 * MINUTE),
      lastAgentId: fc.option(fc.constantFrom(...agentIds)),
      customerOwnerId: fc.option(fc.constantFrom(...agentIds)),
      transferredTo: fc.option(fc.constantFrom(...agentIds), { freq: 5 }),
      declinedBy: fc.subarray(agentIds),
    })
    .map((i) => ({ ...i, channel: i.kind === "call" ? "voice" : i.kind === "chat" ? "facebook" : "email" }));

const floors: fc.Arbitrary<Floor> = fc
  .record({
    waiting: fc
      .uniqueArray(fc.nat(99), { maxLength: 12 })
      .chain((ns) => fc.tuple(...ns.map((n) => item(`i${n}`)))),
    agents: fc.subarray(agentIds).chain((ids) => fc.tuple(...ids.map(agent))),
    queues: fc.tuple(...queueIds.map(queueRule)),
    capacity: fc.record({
      idleChat: fc.constantFrom(0, 0.5, 1),
      interrupts: fc.constantFrom([], [{ by: "call", over: "mail" }] as CapacityRule["interrupts"]),
    }),
  })
  .map(({ waiting, agents, queues, capacity }) => ({
    waiting,
    agents,
    now: NOW,
    rules: { queues: new Map(queues.map((q) => [q.queueId, q])), capacity } satisfies Rules,
  }));

const holds = (check: (floor: Floor, out: Routing) => void): void =>
  fc.assert(
    fc.property(floors, (floor) => check(floor, route(floor))),
    { numRuns: 1_000 },
  );

/** The floor once the offers of a pass have been taken. */
function after(floor: Floor, out: Routing): Floor {
  const byId = new Map(floor.waiting.map((w) => [w.interactionId, w]));
  const given = (userId: string) =>
    out.decisions.filter((d) => d.agentId === userId).flatMap((d) => byId.get(d.interactionId) ?? []);
  return {
    ...floor,
    waiting: floor.waiting.filter((w) =>
      out.decisions.some((d) => d.interactionId === w.interactionId && d.agentId === null),
    ),
    agents: floor.agents.map((a) => ({
      ...a,
      carries: given(a.userId).reduce((c, w) => withOneMore(c, w.kind), a.carries),
    })),
    lengths: new Map(queueIds.map((id) => [id, floor.waiting.filter((w) => w.queueId === id).length])),
  };
}

describe("route", () => {
  test("every waiting item gets exactly one decision, with a reason", () =>
    holds(({ waiting }, { decisions }) => {
      expect(decisions.map((d) => d.interactionId).toSorted()).toEqual(
        waiting.map((w) => w.interactionId).toSorted(),
      );
      for (const d of decisions) if (d.agentId === null) expect(d.why.length).toBeGreaterThan(0);
    }));

  test("nobody gets more than they can carry, nor anything while not there", () =>
    holds(({ agents, waiting, rules }, { decisions }) => {
      const carries = new Map(agents.map((a) => [a.userId, a.carries]));
      for (const d of decisions) {
        const taker = agents.find((a) => a.userId === d.agentId);
        const kind = waiting.find((w) => w.interactionId === d.interactionId)?.kind;
        const so = taker && carries.get(taker.userId);
        if (!taker || !kind || !so) continue;
        expect(taker.state).toBe("available");
        expect(hasRoom({ limits: taker.limits, carries: so }, rules.capacity, kind)).toBe(true);
        carries.set(taker.userId, withOneMore(so, kind));
      }
    }));

  test("work that is for everybody goes to a member or a helper with the skills", () =>
    holds(({ waiting, agents, rules }, { decisions }) => {
      for (const d of decisions) {
        const work = waiting.find((w) => w.interactionId === d.interactionId);
        const taker = agents.find((a) => a.userId === d.agentId);
        const queue = rules.queues.get(work?.queueId ?? "");
        if (d.agentId === null || !work || !taker || d.why.code !== queue?.strategy) continue;
        expect([queue.mode, work.transferredTo]).toEqual(["push", null]);
        const asks = queue.rings[d.why.ring - 1]?.needs ?? [];
        expect(asks.filter((need) => (taker.skills[need.skillId] ?? 0) < need.level)).toEqual([]);
        expect(taker.queueIds.includes(work.queueId)).toBe(d.why.helps === undefined);
      }
    }));

  test("work that is meant or kept for somebody goes to nobody else; who declined is not asked again", () =>
    holds(({ waiting }, { decisions }) => {
      for (const d of decisions) {
        const work = waiting.find((w) => w.interactionId === d.interactionId);
        if (d.agentId === null || !work) continue;
        const meantFor: Partial<Record<string, string | null>> = {
          transferred: work.transferredTo,
          last_agent: work.lastAgentId,
          customer_owner: work.customerOwnerId,
        };
        expect(d.agentId).toBe(meantFor[d.why.code] ?? d.agentId);
        if (work.transferredTo) expect(d.why.code).toBe("transferred");
        expect(work.declinedBy).not.toContain(d.agentId);
      }
    }));

  test("nothing waits while somebody could take it, unless a rule says so; and each no is what a person is told", () =>
    holds((floor, out) => {
      const left = after(floor, out);
      for (const d of out.decisions) {
        if (d.agentId !== null) continue;
        const codes = d.why.map((w) => w.code);
        if (codes.includes("kept_for") || codes.includes("agents_pick")) continue;
        const verdicts = explain(left, d.interactionId);
        expect(verdicts.filter((v) => v.obstacle === null)).toEqual([]);
        const told = new Set(verdicts.flatMap((v) => v.obstacle?.code ?? []));
        for (const code of codes) if (code !== "queue_empty") expect([...told]).toContain(code);
      }
    }));

  test("of two that ask the same, who has more points, then who waits longer, is served first", () =>
    holds((floor, { decisions }) => {
      const place = new Map(decisions.map((d, n) => [d.interactionId, { n, served: d.agentId !== null }]));
      const plain = floor.waiting.filter(
        (w) => !(w.lastAgentId || w.customerOwnerId || w.transferredTo) && w.declinedBy.length === 0,
      );
      for (const a of plain)
        for (const b of plain) {
          const same =
            a.queueId === b.queueId &&
            a.kind === b.kind &&
            a.boost === b.boost &&
            a.tags.join() === b.tags.join();
          if (!same || a.windowClosesAt !== b.windowClosesAt || a.waitingSince >= b.waitingSince) continue;
          expect(place.get(a.interactionId)?.n).toBeLessThan(place.get(b.interactionId)?.n ?? -1);
          if (place.get(b.interactionId)?.served) expect(place.get(a.interactionId)?.served).toBe(true);
        }
    }));

  test("the order in which rows are read does not matter, and nothing given is changed", () =>
    fc.assert(
      fc.property(floors, fc.nat(), (floor, seed) => {
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((x, i) => [((i + 1) * 7919 + seed) % 101, x] as const)
            .toSorted((p, q) => p[0] - q[0])
            .map(([, x]) => x);
        const before = structuredClone(floor);
        expect(route({ ...floor, waiting: shuffle(floor.waiting), agents: shuffle(floor.agents) })).toEqual(
          route(floor),
        );
        expect(floor).toEqual(before);
      }),
    ));

  test("a no changes by time alone at the moment that was announced, and not before", () =>
    holds((floor, out) => {
      const left = after(floor, out);
      const outcome = (now: number) =>
        route({ ...left, now }).decisions.filter((d) => d.agentId !== null).length;
      const next = out.lookAgainAt ?? NOW + 60 * MINUTE;
      expect(outcome(next - 1)).toBe(0);
    }));
});
