import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Capabilities } from "../contract/channel-info.ts";
import { Conversation, InteractionState } from "../contract/conversations.ts";
import { answerUntil, type WindowFacts } from "./reply-window.ts";
import { dueAt, PATIENCE_MS, urgency } from "./urgency.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Facts = Pick<Conversation, "interaction" | "unansweredSince" | "lastMessageAt" | "answerUntil">;

interface Given {
  readonly state?: InteractionState;
  readonly since?: number;
  readonly unanswered?: number | null;
  readonly promiseMs?: number | null;
  readonly answerUntil?: number | null;
  readonly last?: number;
  readonly until?: number;
}

const interaction = Conversation.shape.interaction.unwrap();
const id = "018f0000-0000-7000-8000-000000000001";

const given = (g: Given): Facts => ({
  interaction: interaction.parse({
    id,
    conversationId: id,
    customerId: id,
    channel: "sms",
    queueId: id,
    state: g.state ?? "waiting",
    ownerId: null,
    boost: 0,
    openedAt: 0,
    waitingSince: g.since ?? 0,
    promiseMs: g.promiseMs ?? null,
    acceptedAt: null,
    parked: g.state === "parked" ? { until: g.until ?? 0, returnTo: "agent" } : null,
    wrapUpUntil: null,
    closedAt: null,
    disposition: null,
    version: 1,
  }),
  unansweredSince: g.unanswered ?? null,
  lastMessageAt: g.last ?? 0,
  answerUntil: g.answerUntil ?? null,
});

describe("when a wait becomes bad", () => {
  test("is when the promise of its queue is broken", () => {
    expect(dueAt(given({ since: hour, promiseMs: 5 * minute }))).toEqual({
      at: hour + 5 * minute,
      reason: "promise",
    });
  });

  test("or when it can no longer be answered as well as now, if that is sooner", () => {
    const g = { since: hour, promiseMs: 4 * hour };
    expect(dueAt(given({ ...g, answerUntil: 3 * hour }))).toEqual({ at: 3 * hour, reason: "window" });
    expect(dueAt(given({ ...g, answerUntil: 8 * hour }))?.reason).toBe("promise");
  });

  test("or after half a day, where nothing was promised", () => {
    expect(dueAt(given({ since: hour }))).toEqual({ at: hour + PATIENCE_MS, reason: "wait" });
  });

  test("counts from the first unanswered word of work in hand, and never for who waits for nothing", () => {
    const inHand = { state: "active", since: hour, promiseMs: minute } as const;
    expect(dueAt(given({ ...inHand, unanswered: 2 * hour }))?.at).toBe(2 * hour + minute);
    expect(dueAt(given({ ...inHand, answerUntil: 5 * hour }))).toBeNull();
    expect(dueAt(given({ state: "wrap_up" }))).toBeNull();
    expect(dueAt({ ...given({}), interaction: null })).toBeNull();
  });
});

const at = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });
const maybe = (o: fc.Arbitrary<number>) => fc.option(o, { nil: null });
const anything = fc.record({
  state: fc.constantFrom(...InteractionState.options),
  since: at,
  unanswered: maybe(at),
  promiseMs: maybe(fc.integer({ min: minute, max: 7 * day })),
  answerUntil: maybe(at),
  last: at,
  until: at,
});

/** Sections of the list, in words rather than in numbers. */
function section(f: Facts): number {
  const state = f.interaction?.state;
  if (state === "offered") return 0;
  if (state === "waiting" || (state === "active" && f.unansweredSince !== null)) return 1;
  if (state === "active") return f.answerUntil === null ? 3 : 2;
  if (state === "wrap_up") return 4;
  return state === "parked" ? 5 : 6;
}

test("offers come first, then who waits by what becomes bad first, then what is answered, wrapped up and parked", () => {
  fc.assert(
    fc.property(anything, anything, (left, right) => {
      const [a, b] = [given(left), given(right)];
      if (section(a) !== section(b)) return urgency(a) < urgency(b) === section(a) < section(b);
      const [dueA, dueB] = [dueAt(a), dueAt(b)];
      if (dueA && dueB) return Math.sign(urgency(a) - urgency(b)) === Math.sign(dueA.at - dueB.at);
      if (section(a) === 2) return urgency(a) < urgency(b) === (a.answerUntil ?? 0) < (b.answerUntil ?? 0);
      if (section(a) === 5) return urgency(a) < urgency(b) === left.until < right.until;
      if (section(a) === 6) return urgency(a) === urgency(b);
      return urgency(a) < urgency(b) === a.lastMessageAt > b.lastMessageAt;
    }),
  );
});

describe("until when an answer is as good as now", () => {
  const never: WindowFacts = {
    windowOpenedAt: null,
    lastInboundAt: null,
    windowRefusedAt: null,
    humanWindowRefusedAt: null,
  };
  const rules = (standard: number | null, o: { human?: number; chargedAfter?: number | null } = {}) =>
    ({
      replyWindow: standard === null ? null : { standard, human: o.human ?? null },
      chargedAfter: o.chargedAfter ?? null,
    }) satisfies Pick<Capabilities, "replyWindow" | "chargedAfter">;
  const wrote = { ...never, windowOpenedAt: hour, lastInboundAt: hour };

  test("is the end of the window, or of what is free within it", () => {
    expect(answerUntil(rules(day), wrote)).toBe(hour + day);
    expect(answerUntil(rules(7 * day, { chargedAfter: 2 * day }), wrote)).toBe(hour + 2 * day);
  });

  test("is nothing where one may write at any time at the same price, or nobody has written", () => {
    expect(answerUntil(rules(null), wrote)).toBeNull();
    expect(answerUntil(rules(null, { chargedAfter: 0 }), wrote)).toBeNull();
    expect(answerUntil(rules(day), never)).toBeNull();
  });

  test("is the human window's end once the vendor has refused the other, and then the refusal itself", () => {
    const refused = { ...wrote, windowRefusedAt: 2 * hour };
    expect(answerUntil(rules(day, { human: 7 * day }), refused)).toBe(hour + 7 * day);
    expect(answerUntil(rules(day), refused)).toBe(2 * hour);
    const both = { ...refused, humanWindowRefusedAt: 3 * hour };
    expect(answerUntil(rules(day, { human: 7 * day }), both)).toBe(2 * hour);
  });
});
