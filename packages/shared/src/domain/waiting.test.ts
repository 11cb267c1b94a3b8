import { describe, expect, test } from "vitest";
import type { WaitRules } from "../contract/wait-rules.ts";
import { dueSteps, nextWaitTime, placeText, roundedMinutes, tellAt, type WaitProgress } from "./waiting.ts";

const MINUTE = 60_000;
const rules: WaitRules = {
  steps: [
    { afterMs: 5 * MINUTE, action: "message", text: "Xin chờ" },
    { afterMs: 30 * MINUTE, action: "ticket" },
  ],
  place: null,
};
const fresh: WaitProgress = { from: 1_000_000, done: [], told: null };

describe("steps of a wait", () => {
  test("come in order of time, each once", () => {
    expect(nextWaitTime("q", rules, fresh)).toBe(fresh.from + 5 * MINUTE);
    const first = dueSteps("q", rules, { progress: fresh, now: fresh.from + 5 * MINUTE });
    expect(first.step?.action).toBe("message");
    const after = { ...fresh, done: first.done };
    expect(nextWaitTime("q", rules, after)).toBe(fresh.from + 30 * MINUTE);
    expect(dueSteps("q", rules, { progress: after, now: fresh.from + 6 * MINUTE }).step).toBeNull();
    const last = dueSteps("q", rules, { progress: after, now: fresh.from + 30 * MINUTE });
    expect(last.step?.action).toBe("ticket");
    expect(nextWaitTime("q", rules, { ...after, done: last.done })).toBeNull();
  });

  test("of several that fell due while nobody looked only the last is carried out", () => {
    const { step, done } = dueSteps("q", rules, { progress: fresh, now: fresh.from + 60 * MINUTE });
    expect([step?.action, done.length]).toEqual(["ticket", 2]);
  });

  test("what one queue did does not count as done in another", () => {
    const { done } = dueSteps("q", rules, { progress: fresh, now: fresh.from + 5 * MINUTE });
    expect(nextWaitTime("p", rules, { ...fresh, done })).toBe(fresh.from + 5 * MINUTE);
  });
});

test("a place is told when the wait has begun, and again only where that is wished", () => {
  const notice = { text: "{{position}}", everyMs: null };
  expect(tellAt(null, fresh)).toBeNull();
  expect(tellAt(notice, fresh)).toBe(fresh.from + 5_000);
  const told = { ...fresh, told: { at: fresh.from + 5_000, position: 3 } };
  expect(tellAt(notice, told)).toBeNull();
  expect(tellAt({ ...notice, everyMs: 2 * MINUTE }, told)).toBe(fresh.from + 5_000 + 2 * MINUTE);
});

test.each([
  [0, 1],
  [61_000, 2],
  [5 * MINUTE, 5],
  [5 * MINUTE + 1, 10],
  [41 * MINUTE, 45],
  [61 * MINUTE, 75],
])("%d ms are said as about %d minutes", (ms, minutes) => {
  expect(roundedMinutes(ms)).toBe(minutes);
});

test("a line whose number is not known is left out, and where nothing is known nothing is said", () => {
  const text = "Dạ chào anh/chị.\nVị trí: {{position}}\nKhoảng {{minutes}} phút";
  expect(placeText(text, { position: 2, waitMs: 4 * MINUTE })).toBe(
    "Dạ chào anh/chị.\nVị trí: 2\nKhoảng 4 phút",
  );
  expect(placeText(text, { position: 2, waitMs: null })).toBe("Dạ chào anh/chị.\nVị trí: 2");
  expect(placeText("Khoảng {{minutes}} phút", { position: 2, waitMs: null })).toBe("");
});
