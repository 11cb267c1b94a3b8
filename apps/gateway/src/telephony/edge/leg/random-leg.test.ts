import fc from "fast-check";
import { expect, test } from "vitest";
import {
  causeOfStatus,
  type Leg,
  type LegEffect,
  type LegEvent,
  newLeg,
  ourCause,
  stepLeg,
  talks,
} from "./index.ts";

const cause = fc.constantFrom(ourCause("normal"), causeOfStatus(486));
const event: fc.Arbitrary<LegEvent> = fc.oneof(
  fc.constantFrom<LegEvent>(
    { type: "invited" },
    { type: "acknowledged" },
    { type: "never acknowledged" },
    { type: "ringing" },
    { type: "answered" },
    { type: "they change" },
    { type: "changed" },
    { type: "changed", held: true },
    { type: "changed", held: false },
    { type: "dial" },
    { type: "ring", status: 180 },
    { type: "accept" },
    { type: "we change" },
    { type: "refreshed" },
    { type: "refresh due" },
    { type: "expired" },
  ),
  fc.record({ type: fc.constantFrom("cancelled", "refused", "bye", "hang up"), cause }),
);

const count = (effects: readonly LegEffect[], ...what: LegEffect["do"][]) =>
  effects.filter((e) => what.includes(e.do)).length;

test.for(["in", "out"] as const)(
  "a leg %s, whatever happens in whatever order: one final answer, one end, nothing up behind it",
  (side) => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let leg: Leg = newLeg(side);
        const done: LegEffect[] = [];
        let timer = false;
        const take = (e: LegEvent): void => {
          const before = leg;
          const step = stepLeg(leg, e);
          if (!step) return;
          leg = step.leg;
          done.push(...step.effects);
          for (const effect of step.effects)
            if (effect.do === "start session timer") timer = true;
            else if (effect.do === "stop session timer") timer = false;
          expect(before.phase === "down" && leg.phase !== "down").toBe(false);
          expect(leg.phase === "down").toBe(leg.cause !== undefined);
          expect(timer).toBe(talks(leg));
          expect(talks(leg) || leg.change === "none").toBe(true);
          // RFC 3261 15: no BYE before the ACK of our 2xx.
          if (leg.owed === "ACK") expect(count(done, "send BYE")).toBe(0);
        };
        for (const e of events) take(e);
        // The call is over, and SIP brings what it always brings in the end.
        take({ type: "hang up", cause: ourCause("normal") });
        take({ type: "refused", cause: causeOfStatus(487) });
        take({ type: "never acknowledged" });
        expect([leg.phase, leg.owed, timer]).toEqual(["down", "nothing", false]);
        const begun = done.some((e) => e.do === "tell" && e.phase === "trying");
        const finals = count(done, "send success", "send refusal");
        expect(finals).toBe(side === "in" && begun ? 1 : 0);
        expect(count(done, "send CANCEL")).toBeLessThanOrEqual(1);
        expect(count(done, "send BYE")).toBeLessThanOrEqual(1);
        expect(done.filter((e) => e.do === "tell" && e.phase === "down").length).toBe(1);
        // Whoever was told that we talk is told that it ended.
        const answered = count(done, "send success", "send ACK") > 0;
        if (count(done, "send BYE") > 0) expect(answered).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  },
);
