import type { WaitingItem } from "./floor.ts";
import type { PriorityRule } from "./rules.ts";

/** Points of a waiting item at `now`; more goes first. Waiting always adds, so nothing waits for ever. */
export function points(item: WaitingItem, rule: PriorityRule, now: number): number {
  const minutes = Math.max(0, now - item.waitingSince) / 60_000;
  const tier = item.tier === null ? 0 : (rule.byTier[item.tier] ?? 0);
  const channel = rule.byChannel[item.channel] ?? 0;
  return rule.base + item.boost + tier + channel + windowPoints(item, rule, now) + rule.perMinute * minutes;
}

function windowPoints(item: WaitingItem, rule: PriorityRule, now: number): number {
  if (item.windowClosesAt === null || item.windowClosesAt <= now) return 0;
  const left = item.windowClosesAt - now;
  return rule.byWindow.reduce((best, w) => (left <= w.withinMs ? Math.max(best, w.points) : best), 0);
}
