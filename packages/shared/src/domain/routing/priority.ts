import type { PriorityRule } from "../../contract/routing.ts";
import type { WaitingItem } from "./floor.ts";

type Standing = Pick<WaitingItem, "waitingSince" | "boost" | "tags" | "channel">;

/** Points of a waiting item at `now`; more goes first. Waiting always adds, so nothing waits for ever. */
export function points(item: WaitingItem, rule: PriorityRule, now: number): number {
  const minutes = Math.max(0, now - item.waitingSince) / 60_000;
  return standingPoints(item, rule) + windowPoints(item, rule, now) + rule.perMinute * minutes;
}

/**
 * Milliseconds of waiting that one point outweighs at most, and where waiting gives no points: more than anybody waits, and
 * a thousand times as much is still a whole number for a database.
 */
const NO_AGEING_MS = 10_000_000_000;

/**
 * The order of one queue's items as far as time does not change it: all but the points of closing windows. An item with
 * points ranks as one without that began to wait earlier. Epoch milliseconds, negative for many points; smaller goes first.
 */
export function rankAt(item: Standing, rule: PriorityRule): number {
  const msPerPoint = Math.min(NO_AGEING_MS, 60_000 / rule.perMinute);
  return Math.round(item.waitingSince - (standingPoints(item, rule) - rule.base) * msPerPoint);
}

function standingPoints(item: Standing, rule: PriorityRule): number {
  const byTag = item.tags.reduce((best, tag) => Math.max(best, rule.byTag[tag] ?? 0), 0);
  return rule.base + item.boost + byTag + (rule.byChannel[item.channel] ?? 0);
}

function windowPoints(item: WaitingItem, rule: PriorityRule, now: number): number {
  if (item.windowClosesAt === null || item.windowClosesAt <= now) return 0;
  const left = item.windowClosesAt - now;
  return rule.byWindow.reduce((best, w) => (left <= w.withinMs ? Math.max(best, w.points) : best), 0);
}
