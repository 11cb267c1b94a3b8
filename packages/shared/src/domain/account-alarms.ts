import type { AccountAlarm, AccountFact } from "../contract/account-facts.ts";

const DAY = 24 * 60 * 60_000;

/** How long before its end a permission is a warning, and from when on it is a danger. */
const EXPIRY = { warning: 14 * DAY, danger: 3 * DAY } as const;
/** The share of a quota that is almost nothing. */
const QUOTA_LOW = 0.1;

/** What of the facts somebody should know of now, one of each kind and the worst of it. */
export function accountAlarms(facts: readonly AccountFact[], now: number): AccountAlarm[] {
  const alarms = facts.flatMap((fact) => alarmOf(fact, now) ?? []);
  const worst = (kind: AccountAlarm["kind"]) =>
    alarms
      .filter((a) => a.kind === kind)
      .toSorted((a, b) => Number(a.level === "warning") - Number(b.level === "warning"));
  return (["permissions", "expiry", "quota"] as const).flatMap((kind) => worst(kind).slice(0, 1));
}

function alarmOf(fact: AccountFact, now: number): AccountAlarm | null {
  switch (fact.kind) {
    case "expiry": {
      const left = fact.at - now;
      if (left > EXPIRY.warning) return null;
      return { kind: "expiry", level: left > EXPIRY.danger ? "warning" : "danger", at: fact.at };
    }
    case "quota": {
      const { left, total, resetsAt: at, of } = fact;
      // What was told before it filled up again says nothing any more.
      if (at !== null && at <= now) return null;
      if (left === 0) return { kind: "quota", level: "danger", at, of };
      return total !== null && left <= total * QUOTA_LOW ? { kind: "quota", level: "warning", at, of } : null;
    }
    case "permissions":
      return fact.blocks ? { kind: "permissions", level: "danger", at: null } : null;
    case "balance":
      return null;
  }
}

/** When the alarms of these facts change by themselves; `null`: they do not. */
export function nextAlarmAt(facts: readonly AccountFact[], now: number): number | null {
  const times = facts.flatMap((fact) => {
    if (fact.kind === "expiry") return [fact.at - EXPIRY.warning, fact.at - EXPIRY.danger];
    return fact.kind === "quota" && fact.resetsAt !== null ? [fact.resetsAt] : [];
  });
  const coming = times.filter((at) => at > now);
  return coming.length === 0 ? null : Math.min(...coming);
}
