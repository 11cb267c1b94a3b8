import { expect, test } from "vitest";
import type { AccountFact } from "../contract/account-facts.ts";
import { accountAlarms, nextAlarmAt } from "./account-alarms.ts";

const DAY = 24 * 3_600_000;
const now = Date.UTC(2026, 10, 22);
const expiry = (days: number): AccountFact => ({ kind: "expiry", at: now + days * DAY, renews: false });
const quota = (left: number, some: object = {}): AccountFact => ({
  kind: "quota",
  of: "templates",
  left,
  total: 500,
  resetsAt: now + DAY,
  ...some,
});

const lacks = (blocks: boolean): AccountFact => ({ kind: "permissions", missing: ["pages_x"], blocks });

test("an alarm of a quota names which one is low", () => {
  expect(accountAlarms([quota(0)], now)).toMatchObject([{ of: "templates" }]);
});

test.each([
  ["a permission that ends in 15 days", [expiry(15)], []],
  ["in 14 days", [expiry(14)], ["expiry warning"]],
  ["in 3 days", [expiry(3)], ["expiry danger"]],
  ["one that has ended", [expiry(-1)], ["expiry danger"]],
  ["two of which one ends tomorrow", [expiry(10), expiry(1)], ["expiry danger"]],
  ["a quota of which enough is left", [quota(51)], []],
  ["a tenth of it", [quota(50)], ["quota warning"]],
  ["nothing of it", [quota(0)], ["quota danger"]],
  ["nothing of one without a whole", [quota(0, { total: null })], ["quota danger"]],
  ["one that has filled up since", [quota(0, { resetsAt: now })], []],
  ["a permission without which a part is missing", [lacks(false)], []],
  ["one without which nothing works", [quota(0), lacks(true)], ["permissions danger", "quota danger"]],
  ["money", [{ kind: "balance", amount: 0, currency: "VND" }], []],
] as const)("%s", (_, facts, alarms) => {
  expect(accountAlarms(facts, now).map(({ kind, level }) => `${kind} ${level}`)).toEqual(alarms);
});

test("the next look is when the next of them changes by itself, until all have", () => {
  const facts = [expiry(20), quota(0)];
  let at: number | null = now;
  const days: number[] = [];
  for (;;) {
    at = nextAlarmAt(facts, at);
    if (at === null) break;
    days.push((at - now) / DAY);
  }
  expect(days).toEqual([1, 6, 17]);
});
