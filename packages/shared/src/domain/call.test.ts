import { describe, expect, test } from "vitest";
import type { Call, CallCause, LegPhase } from "../contract/calls.ts";
import { endedCall, joins, refusalOfPhone, withLeg } from "./call.ts";

const lan = "00000000-0000-4000-8000-00000000000a";
const minh = "00000000-0000-4000-8000-00000000000b";
const id = "00000000-0000-4000-8000-000000000001";
const hungUp: CallCause = { sip: 200, q850: 16, by: "party" };
const ours: CallCause = { sip: 480, q850: 19, by: "edge" };

const come: Call = {
  id,
  interactionId: id,
  conversationId: id,
  accountId: id,
  direction: "in",
  called: "19001234",
  state: "waiting",
  legs: [],
  startedAt: 0,
  answeredAt: null,
  endedAt: null,
  outcome: null,
  cause: null,
};

/** `customer early`, `lan up`... one after the other, a second apart. */
function after(steps: readonly string[], from: Call = come): Call {
  return steps.reduce((call, step, i) => {
    const [who, phase] = step.split(" ") as [string, LegPhase];
    const userId = who === "customer" ? null : who.startsWith("lan") ? lan : minh;
    const cause = phase === "down" ? hungUp : null;
    return withLeg(call, { legId: who, userId, phase, cause, at: (i + 1) * 1_000 });
  }, from);
}

describe("a call out", () => {
  const begun: Call = { ...come, direction: "out" };
  const out = (...steps: string[]): Call => after(steps, begun);

  test("rings at the customer and is answered by the customer, not by the agent who calls", () => {
    expect(out("lan trying").state).toBe("waiting");
    expect(out("lan trying", "customer early").state).toBe("ringing");
    expect(out("lan trying", "customer up", "lan up")).toMatchObject({ state: "talking", answeredAt: 2_000 });
  });

  test("is unanswered when the customer is busy, abandoned when the agent hangs up before", () => {
    const rang = out("lan trying", "customer early");
    const busy: CallCause = { sip: 486, q850: 17, by: "party" };
    expect(endedCall(rang, { cause: busy, at: 9 }).outcome).toBe("unanswered");
    expect(endedCall(rang, { cause: ours, at: 9 }).outcome).toBe("unanswered");
    expect(endedCall(rang, { cause: hungUp, at: 9 }).outcome).toBe("abandoned");
    expect(endedCall(out("customer up"), { cause: hungUp, at: 9 }).outcome).toBe("answered");
  });
});

describe("a call is", () => {
  test.for<[Call["state"], string[]]>([
    ["waiting", ["customer trying"]],
    ["waiting", ["customer trying", "customer early"]],
    ["ringing", ["customer trying", "lan trying"]],
    ["ringing", ["customer trying", "lan trying", "lan early"]],
    ["waiting", ["customer trying", "lan trying", "lan down"]],
    ["ringing", ["customer trying", "lan trying", "lan down", "minh trying"]],
    ["talking", ["customer trying", "lan trying", "lan up"]],
    ["talking", ["customer trying", "lan trying", "lan up", "lan held"]],
    ["talking", ["customer up", "lan up", "minh trying", "minh up", "lan down"]],
  ])("%s after %s", ([state, steps]) => {
    expect(after(steps).state).toBe(state);
  });
});

describe("a call whose work waits for somebody else is", () => {
  const talk = after(["customer up", "lan up"]);
  const step = { userId: lan, cause: null, at: 9_000, waits: true } as const;
  const waiting = withLeg(talk, { ...step, legId: "lan", phase: "down" });

  test("waiting once its agent is let go, and until then talked in", () => {
    expect(withLeg(talk, { ...step, legId: "lan", phase: "held" }).state).toBe("talking");
    expect(waiting.state).toBe("waiting");
  });

  test("ringing and talking again, from whoever takes it on, and answered since the first", () => {
    const next = { ...step, userId: minh, legId: "minh" };
    const rings = withLeg(waiting, { ...next, phase: "early" });
    expect([rings.state, joins(rings, { ...next, phase: "up" })]).toEqual(["ringing", true]);
    expect(withLeg(rings, { ...next, phase: "up" })).toMatchObject({ state: "talking", answeredAt: 2_000 });
    expect(withLeg(rings, { ...next, phase: "down" }).state).toBe("waiting");
  });

  test("not begun anew by whoever takes it off hold", () => {
    expect(joins(talk, { ...step, legId: "lan", phase: "up" })).toBe(false);
  });
});

test("when it was answered is when somebody of ours first took it, and a hold changes nothing", () => {
  const call = after(["customer trying", "lan trying", "lan up", "customer up", "lan held", "lan up"]);
  expect(call.answeredAt).toBe(3_000);
  expect(call.legs.find((leg) => leg.userId === lan)).toMatchObject({ answeredAt: 3_000, since: 6_000 });
});

test("a leg that is down stays down, and keeps its cause", () => {
  const call = after(["lan trying", "lan down"]);
  const late = withLeg(call, { legId: "lan", userId: lan, phase: "up", cause: null, at: 9_000 });
  expect(late.legs).toEqual(call.legs);
});

describe("a call that is over was", () => {
  test.for([
    ["answered", after(["lan up"]), hungUp],
    ["abandoned", after(["lan trying"]), hungUp],
    ["abandoned", after(["customer trying"]), { sip: 502, q850: 27, by: "edge" }],
    ["unanswered", after(["customer trying"]), ours],
  ] as const)("%s", ([outcome, call, cause]) => {
    const over = endedCall(call, { cause, at: 9_000 });
    expect(over).toMatchObject({ state: "ended", outcome, endedAt: 9_000, cause });
    expect(over.legs.every((leg) => leg.phase === "down" && leg.cause !== null)).toBe(true);
  });

  test("lost when nobody saw its end, talked or not", () => {
    expect(endedCall(after(["lan up"]), { cause: ours, at: 9_000, lost: true }).outcome).toBe("lost");
  });

  test("ended once", () => {
    const over = endedCall(after(["lan up"]), { cause: hungUp, at: 9_000 });
    expect(endedCall(over, { cause: ours, at: 10_000 })).toBe(over);
    expect(
      withLeg(over, { legId: "late", userId: null, phase: "early", cause: null, at: 11_000 }).state,
    ).toBe("ended");
  });
});

test.for([
  [17, "declined"],
  [21, "declined"],
  [19, "missed"],
  [18, "missed"],
  [88, "unable"],
  [27, "unable"],
] as const)("a phone that answers with %i has %s", ([q850, refusal]) => {
  expect(refusalOfPhone({ q850 })).toBe(refusal);
});
