import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Decision, type Reason, type RoutableAgent, route, type WaitingItem } from "./routing.ts";

const agentIds = ["an", "binh", "chi", "dung", "em"];
const queueIds = ["care", "sales", "repair"];
const small = fc.integer({ min: 0, max: 4 });

const agent = (userId: string): fc.Arbitrary<RoutableAgent> =>
  fc.record({
    userId: fc.constant(userId),
    queueIds: fc.subarray(queueIds),
    available: fc.boolean(),
    capacity: fc.integer({ min: 0, max: 3 }),
    load: small,
    idleSince: small,
  });
const team = fc.subarray(agentIds).chain((ids) => fc.tuple(...ids.map(agent)));
const line: fc.Arbitrary<WaitingItem[]> = fc.uniqueArray(
  fc.record({
    interactionId: fc.integer({ min: 0, max: 99 }).map((n) => `i${n}`),
    queueId: fc.constantFrom(...queueIds),
    priority: fc.integer({ min: 0, max: 2 }),
    waitingSince: small,
    preferredAgentId: fc.option(fc.constantFrom(...agentIds)),
    preferredOnly: fc.boolean(),
    declinedBy: fc.subarray(agentIds),
  }),
  { selector: (i) => i.interactionId, maxLength: 15 },
);

const holds = (check: (line: WaitingItem[], team: RoutableAgent[], out: Decision[]) => void): void =>
  fc.assert(
    fc.property(line, team, (l, t) => check(l, t, route(l, t))),
    { numRuns: 500 },
  );

const given = (out: Decision[], userId: string): number => out.filter((d) => d.agentId === userId).length;
const hasRoom = (a: RoutableAgent, out: Decision[]): boolean =>
  a.available && a.load + given(out, a.userId) < a.capacity;

describe("route", () => {
  test("every waiting item gets exactly one decision, with a reason", () =>
    holds((l, _t, out) => {
      expect(out.map((d) => d.interactionId).toSorted()).toEqual(l.map((i) => i.interactionId).toSorted());
      for (const d of out) expect(d.reasons.length).toBeGreaterThan(0);
    }));

  test("nobody gets more than they can carry, nor anything while not available", () =>
    holds((_l, t, out) => {
      for (const a of t) {
        const load = a.load + given(out, a.userId);
        if (load > a.load) expect([a.available, load <= a.capacity]).toEqual([true, true]);
      }
    }));

  test("work goes to members of its queue or to the preferred agent, never to one who declined", () =>
    holds((l, t, out) => {
      for (const d of out) {
        const item = l.find((i) => i.interactionId === d.interactionId);
        const taker = t.find((a) => a.userId === d.agentId);
        if (!item || !taker) continue;
        expect(item.declinedBy).not.toContain(taker.userId);
        const preferred = taker.userId === item.preferredAgentId;
        const toPreferred = item.preferredOnly ? "transferred" : "preferred_agent";
        expect(d.reasons).toEqual([preferred && d.reasons[0] === toPreferred ? toPreferred : "longest_idle"]);
        if (d.reasons[0] !== "transferred") expect(taker.queueIds).toContain(item.queueId);
        if (item.preferredOnly) expect(preferred).toBe(true);
      }
    }));

  test("nothing waits while somebody could take it", () =>
    holds((l, t, out) => {
      for (const d of out.filter((x) => x.agentId === null)) {
        const item = l.find((i) => i.interactionId === d.interactionId);
        const could = t.filter(
          (a) =>
            item &&
            hasRoom(a, out) &&
            !item.declinedBy.includes(a.userId) &&
            (item.preferredOnly ? a.userId === item.preferredAgentId : a.queueIds.includes(item.queueId)),
        );
        expect(could).toEqual([]);
      }
    }));

  test("within a queue and a priority, who waits longer is served first", () =>
    holds((l, _t, out) => {
      const plain = l.filter(
        (i) => i.preferredAgentId === null && !i.preferredOnly && i.declinedBy.length === 0,
      );
      const served = new Set(out.filter((d) => d.agentId !== null).map((d) => d.interactionId));
      for (const a of plain)
        for (const b of plain)
          if (
            a.queueId === b.queueId &&
            a.priority >= b.priority &&
            a.waitingSince < b.waitingSince &&
            served.has(b.interactionId)
          )
            expect(served).toContain(a.interactionId);
    }));

  test("the order in which rows are read does not matter, and nothing given is changed", () =>
    fc.assert(
      fc.property(line, team, fc.nat(), (l, t, seed) => {
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((x, i) => [((i + 1) * 7919 + seed) % 101, x] as const)
            .toSorted((p, q) => p[0] - q[0])
            .map(([, x]) => x);
        const before = structuredClone({ l, t });
        expect(route(shuffle(l), shuffle(t))).toEqual(route(l, t));
        expect({ l, t }).toEqual(before);
      }),
    ));

  test("every no is explained by what is true of the team", () =>
    holds((l, t, out) => {
      for (const d of out.filter((x) => x.agentId === null)) {
        const item = l.find((i) => i.interactionId === d.interactionId);
        const present = t.filter((a) => a.available && item && a.queueIds.includes(item.queueId));
        const free = present.filter((a) => hasRoom(a, out));
        const isTrue: Partial<Record<Reason, boolean>> = {
          preferred_agent_absent: item?.preferredOnly === true,
          no_member_available: present.length === 0,
          all_at_capacity: present.length > 0 && free.length === 0,
          all_declined: present.length > 0 && free.every((a) => item?.declinedBy.includes(a.userId)),
        };
        expect(d.reasons.map((reason) => isTrue[reason])).toEqual([true]);
      }
    }));
});

const free: RoutableAgent = {
  userId: "an",
  queueIds: ["care"],
  available: true,
  capacity: 1,
  load: 0,
  idleSince: 5,
};
const item: WaitingItem = {
  interactionId: "i1",
  queueId: "care",
  priority: 0,
  waitingSince: 1,
  preferredAgentId: null,
  preferredOnly: false,
  declinedBy: [],
};

test("the preferred agent comes before one who is longer idle; from outside of the queue only when handed over", () => {
  const binh: RoutableAgent = { ...free, userId: "binh", idleSince: 9 };
  const outside: RoutableAgent = { ...binh, queueIds: [] };
  const decide = (o: Partial<WaitingItem>, agents = [free, outside]) => route([{ ...item, ...o }], agents)[0];
  expect(decide({ preferredAgentId: "binh" }, [free, binh])).toMatchObject({
    agentId: "binh",
    reasons: ["preferred_agent"],
  });
  expect(decide({ preferredAgentId: "binh" }, [free, { ...binh, load: 1 }])).toMatchObject({ agentId: "an" });
  expect(decide({ preferredAgentId: "binh" })).toMatchObject({ agentId: "an", reasons: ["longest_idle"] });
  const only = { preferredAgentId: "binh", preferredOnly: true };
  expect(decide(only)).toMatchObject({ agentId: "binh", reasons: ["transferred"] });
  expect(decide(only, [free, { ...outside, available: false }])).toMatchObject({
    agentId: null,
    reasons: ["preferred_agent_absent"],
  });
});

test("a higher priority is served before an older item, and the longest idle agent comes first", () => {
  const busy: RoutableAgent = { ...free, userId: "binh", idleSince: 3 };
  const urgent = { ...item, interactionId: "i2", priority: 5, waitingSince: 9 };
  expect(route([item, urgent], [free, busy])).toEqual([
    { interactionId: "i2", agentId: "binh", reasons: ["longest_idle"] },
    { interactionId: "i1", agentId: "an", reasons: ["longest_idle"] },
  ]);
});
