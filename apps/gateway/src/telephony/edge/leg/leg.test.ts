import { describe, expect, test } from "vitest";
import { request, response } from "../testing/requests.ts";
import type { Leg, LegEvent } from "./index.ts";
import * as legs from "./index.ts";

const party = legs.causeOfStatus(486);
const edge = legs.ourCause("normal");
const make = (side: Leg["side"], more: Partial<Leg>): Leg => ({ ...legs.newLeg(side), ...more });
const after = (leg: Leg, event: LegEvent) => {
  const step = legs.stepLeg(leg, event);
  return step && [step.leg.phase, step.leg.owed, ...step.effects.map((e) => e.do)];
};

describe("the leg of a caller", () => {
  const waiting = make("in", { phase: "trying", owed: "final answer" });
  const early = { ...waiting, phase: "early" } as const;
  const fresh = make("in", { phase: "up", owed: "ACK" });
  const up = make("in", { phase: "up" });
  const dying = make("in", { phase: "down", owed: "ACK", cause: edge });
  test.for<[string, Leg, LegEvent, unknown]>([
    ["an INVITE begins it", make("in", {}), { type: "invited" }, ["trying", "final answer", "tell"]],
    ["it rings", waiting, { type: "ring", status: 180 }, ["early", "final answer", "send progress", "tell"]],
    ["it rings on", early, { type: "ring", status: 182 }, ["early", "final answer", "send progress"]],
    [
      "it is taken",
      waiting,
      { type: "accept" },
      ["up", "ACK", "send success", "start session timer", "tell"],
    ],
    ["it is refused", early, { type: "hang up", cause: party }, ["down", "nothing", "send refusal", "tell"]],
    [
      "it is given up",
      early,
      { type: "cancelled", cause: party },
      ["down", "nothing", "send refusal", "tell"],
    ],
    ["the ACK settles it", fresh, { type: "acknowledged" }, ["up", "nothing"]],
    ["a second ACK is nothing", up, { type: "acknowledged" }, undefined],
    [
      "BYE waits for the ACK",
      fresh,
      { type: "hang up", cause: edge },
      ["down", "ACK", "stop session timer", "tell"],
    ],
    ["and goes with it", dying, { type: "acknowledged" }, ["down", "nothing", "send BYE"]],
    ["or without it", dying, { type: "never acknowledged" }, ["down", "nothing", "send BYE"]],
    ["unless theirs was first", dying, { type: "bye", cause: party }, ["down", "nothing"]],
    [
      "no ACK ends it",
      fresh,
      { type: "never acknowledged" },
      ["down", "nothing", "stop session timer", "send BYE", "tell"],
    ],
    ["CANCEL behind the 200 is nothing", fresh, { type: "cancelled", cause: party }, undefined],
    ["it cannot be taken twice", up, { type: "accept" }, undefined],
  ])("%s", ([, leg, event, expected]) => {
    expect(after(leg, event)).toEqual(expected);
  });
});

describe("the leg of whom we called", () => {
  const calling = make("out", { phase: "trying", owed: "final answer" });
  const early = { ...calling, phase: "early" } as const;
  const up = make("out", { phase: "up" });
  const cancelled = make("out", { phase: "down", owed: "final answer", cause: edge });
  test.for<[string, Leg, LegEvent, unknown]>([
    ["is dialled", make("out", {}), { type: "dial" }, ["trying", "final answer", "send INVITE", "tell"]],
    ["rings", calling, { type: "ringing" }, ["early", "final answer", "tell"]],
    ["answers", early, { type: "answered" }, ["up", "nothing", "send ACK", "start session timer", "tell"]],
    ["refuses", early, { type: "refused", cause: party }, ["down", "nothing", "tell"]],
    ["is given up", early, { type: "hang up", cause: edge }, ["down", "final answer", "send CANCEL", "tell"]],
    ["and says so", cancelled, { type: "refused", cause: party }, ["down", "nothing"]],
    ["or answers too late", cancelled, { type: "answered" }, ["down", "nothing", "send ACK", "send BYE"]],
    ["hangs up", up, { type: "bye", cause: party }, ["down", "nothing", "stop session timer", "tell"]],
    [
      "is hung up on",
      up,
      { type: "hang up", cause: edge },
      ["down", "nothing", "stop session timer", "send BYE", "tell"],
    ],
    [
      "is silent for too long",
      up,
      { type: "expired" },
      ["down", "nothing", "stop session timer", "send BYE", "tell"],
    ],
    ["is asked whether it lives", up, { type: "refresh due" }, ["up", "nothing", "send refresh"]],
    ["and does", up, { type: "refreshed" }, ["up", "nothing", "start session timer"]],
  ])("%s", ([, leg, event, expected]) => {
    expect(after(leg, event)).toEqual(expected);
  });

  test("has its media changed by one at a time, and is on hold meanwhile or not", () => {
    const asked = legs.stepLeg(up, { type: "they change" })?.leg ?? up;
    expect([
      legs.stepLeg(asked, { type: "we change" }),
      legs.stepLeg(asked, { type: "they change" }),
    ]).toEqual([undefined, undefined]);
    expect(legs.stepLeg(asked, { type: "changed", held: true })?.leg).toMatchObject({
      phase: "held",
      change: "none",
    });
    expect(legs.stepLeg(asked, { type: "changed" })?.effects).toEqual([]);
  });
});

describe("causes", () => {
  test.for([
    [404, 1, 404],
    [408, 18, 408],
    [480, 19, 480],
    [486, 17, 486],
    [487, 16, 480],
    [488, 88, 488],
    [503, 34, 503],
    [600, 17, 600],
    [603, 21, 603],
    [401, 21, 603],
    [499, 31, 499],
  ] as const)("%i is Q.850 %i and refuses others with %i", ([status, q850, refusal]) => {
    const cause = legs.causeOfStatus(status);
    expect([cause.q850, legs.refusalOf(cause)]).toEqual([q850, refusal]);
  });

  test("a Reason says more than the method that carries it", () => {
    const bye = request("BYE", { headers: ["Reason: SIP;cause=200, Q.850;cause=17"] });
    expect(legs.causeOfReason(bye, legs.causeOfStatus(200))).toMatchObject({
      sip: 200,
      q850: 17,
      text: "user busy",
    });
    expect(legs.causeOfReason(request("BYE"), legs.causeOfStatus(200)).q850).toBe(16);
    expect(legs.reasonsOf(edge).map((h) => h.value)).toEqual([
      'SIP;cause=200;text="normal clearing"',
      'Q.850;cause=16;text="normal clearing"',
    ]);
  });
});

describe("session timers", () => {
  const invite = (...headers: string[]) => request("INVITE", { headers });
  test("are theirs to keep when they know them, ours when not", () => {
    const knows = invite("Supported: timer", "Session-Expires: 600");
    expect(legs.timerOfRequest(knows)).toEqual({ interval: 600, refresher: "them", wait: 568_000 });
    expect(legs.agreement(knows, legs.timerOfRequest(knows)).map((h) => h.value)).toEqual([
      "600;refresher=uac",
      "timer",
    ]);
    expect(legs.timerOfRequest(invite())).toEqual({ interval: 1_800, refresher: "us", wait: 900_000 });
    expect(legs.agreement(invite(), legs.timerOfRequest(invite()))).toEqual([]);
    const asks = invite("Supported: timer", "Session-Expires: 600;refresher=uas");
    expect(legs.timerOfRequest(asks).refresher).toBe("us");
  });

  test("have a least length", () => {
    expect(legs.tooShort(invite("Session-Expires: 60"))).toEqual({ name: "min-se", value: "90" });
    expect(legs.tooShort(invite("Session-Expires: 90"))).toBeUndefined();
    expect(legs.timerOfRequest(invite("Session-Expires: 100", "Min-SE: 300")).interval).toBe(300);
  });

  test("are as a 2xx agreed, or ours when it says nothing", () => {
    const ok = (value?: string) =>
      legs.timerOfResponse(response(invite(), 200, ...(value ? [{ name: "session-expires", value }] : [])));
    expect(
      [ok("300;refresher=uas"), ok("300;refresher=uac"), ok()].map((t) => [t.interval, t.refresher]),
    ).toEqual([
      [300, "them"],
      [300, "us"],
      [1_800, "us"],
    ]);
    expect(ok("nonsense").interval).toBe(1_800);
  });
});
