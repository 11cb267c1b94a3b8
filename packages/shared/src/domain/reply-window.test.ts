import fc from "fast-check";
import { expect, test } from "vitest";
import { type ReplyWindow, replyWindow } from "./reply-window.ts";

const DAY = 86_400_000;
const rules = { standard: DAY, human: 7 * DAY };
const time = fc.integer({ min: 0, max: 4e12 });
const facts = (windowOpenedAt: number | null, lastInboundAt: number | null) => ({
  windowOpenedAt,
  lastInboundAt,
  windowRefusedAt: null,
});
const order = ["open", "human", "closed"];

test("a channel without a window is free; before the customer's first word nothing may be sent", () => {
  fc.assert(
    fc.property(fc.option(time), fc.option(time), time, (opened, inbound, now) => {
      expect(replyWindow(null, facts(opened, inbound), now)).toEqual({ state: "free" });
      expect(replyWindow(rules, facts(null, inbound), now)).toEqual({ state: "unopened" });
    }),
  );
});

test("as time passes a window only narrows, and its end is where it narrows", () => {
  fc.assert(
    fc.property(
      time,
      fc.integer({ min: 0, max: 9 * DAY }),
      fc.integer({ min: 0, max: 20 * DAY }),
      (opened, back, wait) => {
        const at = (now: number): ReplyWindow => replyWindow(rules, facts(opened, opened - back), now);
        const window = at(opened + wait);
        const later = at(opened + wait + DAY);
        expect(order.indexOf(later.state)).toBeGreaterThanOrEqual(order.indexOf(window.state));
        if (!("until" in window)) return;
        expect(window.until).toBeGreaterThan(opened + wait);
        expect(at(window.until - 1)).toEqual(window);
        expect(order.indexOf(at(window.until).state)).toBeGreaterThan(order.indexOf(window.state));
      },
    ),
  );
});

test("the human window runs from the customer's last message, and only where the channel has one", () => {
  const message = 100 * DAY;
  const tap = message + 3 * DAY;
  expect(replyWindow(rules, facts(message, message), message)).toEqual({
    state: "open",
    until: message + DAY,
  });
  expect(replyWindow(rules, facts(tap, message), tap + DAY)).toEqual({
    state: "human",
    until: message + 7 * DAY,
  });
  expect(replyWindow(rules, facts(tap, message), message + 7 * DAY)).toEqual({ state: "closed" });
  expect(replyWindow(rules, facts(tap, null), tap + DAY)).toEqual({ state: "closed" });
  expect(replyWindow({ ...rules, human: null }, facts(tap, message), tap + DAY)).toEqual({ state: "closed" });
});

test("what the vendor refuses is closed until the customer's next act", () => {
  const opened = 100 * DAY;
  const refused = { ...facts(opened, opened), windowRefusedAt: opened + 60_000 };
  expect(replyWindow(rules, refused, opened + 120_000)).toEqual({ state: "closed" });
  const again = { ...refused, windowOpenedAt: opened + 90_000 };
  expect(replyWindow(rules, again, opened + 120_000)).toMatchObject({ state: "open" });
});
