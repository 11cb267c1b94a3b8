import fc from "fast-check";
import { expect, test } from "vitest";
import { answerWithin, chargedFrom, type ReplyWindow, replyWindow } from "./reply-window.ts";

const DAY = 86_400_000;
const rules = { standard: DAY, human: 7 * DAY };
const time = fc.integer({ min: 0, max: 4e12 });
const facts = (windowOpenedAt: number | null, lastInboundAt: number | null) => ({
  windowOpenedAt,
  lastInboundAt,
  windowRefusedAt: null,
  humanWindowRefusedAt: null,
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

test("a refusal closes the window that was used, until the customer's next act, and the human one until their next message", () => {
  const opened = 100 * DAY;
  const now = opened + 120_000;
  const human = { state: "human", until: opened + 7 * DAY };
  const refused = { ...facts(opened, opened), windowRefusedAt: opened + 60_000 };
  expect(replyWindow(rules, refused, now)).toEqual(human);
  expect(replyWindow({ ...rules, human: null }, refused, now)).toEqual({ state: "closed" });
  const both = { ...refused, humanWindowRefusedAt: opened + 70_000 };
  expect(replyWindow(rules, both, now)).toEqual({ state: "closed" });

  const tapped = { ...both, windowOpenedAt: opened + 90_000 };
  expect(replyWindow(rules, tapped, now)).toEqual({ state: "open", until: opened + 90_000 + DAY });
  expect(replyWindow(rules, tapped, now + DAY)).toEqual({ state: "closed" });
  const wrote = { ...tapped, lastInboundAt: opened + 90_000 };
  expect(replyWindow(rules, wrote, now + DAY)).toMatchObject({ state: "human" });
});

test("what is free for a while is to be answered within that while; what always costs, or never ends, at any time", () => {
  expect(answerWithin({ replyWindow: { standard: 7 * DAY, human: null }, chargedAfter: 2 * DAY })).toBe(
    2 * DAY,
  );
  expect(answerWithin({ replyWindow: { standard: DAY, human: 7 * DAY }, chargedAfter: null })).toBe(DAY);
  expect(answerWithin({ replyWindow: { standard: DAY, human: null }, chargedAfter: 0 })).toBe(DAY);
  expect(answerWithin({ replyWindow: null, chargedAfter: 0 })).toBeNull();
  expect(answerWithin({ replyWindow: null, chargedAfter: null })).toBeNull();
});

test("an answer begins to cost money so long after the customer's act; one that always or never costs has no such time", () => {
  expect(chargedFrom({ chargedAfter: 2 * DAY }, { windowOpenedAt: 5 })).toBe(5 + 2 * DAY);
  expect(chargedFrom({ chargedAfter: 2 * DAY }, { windowOpenedAt: null })).toBeNull();
  expect(chargedFrom({ chargedAfter: 0 }, { windowOpenedAt: 5 })).toBeNull();
  expect(chargedFrom({ chargedAfter: null }, { windowOpenedAt: 5 })).toBeNull();
});
