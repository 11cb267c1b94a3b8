import type { StaffChange } from "../../contract/replay.ts";
import { defaultLimits } from "../../contract/routing.ts";
import type { Shift } from "../routing.ts";
import { chance } from "./chance.ts";
import { type There, timesThere, without } from "./presence.ts";
import type { RecordedDay, SetupQueue } from "./recorded-day.ts";

const HOUR = 3_600_000;

/** Who may be asked for what, and when: those who were there, fewer or more as the changes say. */
export function shiftsOf(day: RecordedDay, staff: readonly StaffChange[], seed: number): Shift[] {
  const queuesOf = new Map<string, string[]>();
  for (const { queueId, memberIds } of day.queues)
    for (const id of memberIds) queuesOf.set(id, [...(queuesOf.get(id) ?? []), queueId]);
  const setups = new Map(day.agents.map((a) => [a.userId, a]));
  const times = timesThere(day.stretches, Math.max(day.at, day.to));
  const gaps = staff.filter((s) => s.count < 0).flatMap((s) => gapsOf(day, { times, change: s, seed }));
  const recorded = without(times, gaps).map((t): Shift => {
    const setup = setups.get(t.userId);
    return {
      ...t,
      queueIds: queuesOf.get(t.userId) ?? [],
      skills: setup?.skills ?? {},
      limits: setup?.limits ?? defaultLimits,
    };
  });
  const added = staff.filter((s) => s.count > 0).flatMap((s, n) => addedBy(day, s, n));
  return [...recorded, ...added].sort((a, b) => a.from - b.from);
}

/** Who is taken away is drawn from the queue's members who are there in those hours; they are away from every queue. */
function gapsOf(
  day: RecordedDay,
  o: { times: readonly There[]; change: StaffChange; seed: number },
): There[] {
  const { times, change, seed } = o;
  const [from, to] = [day.from + change.fromHour * HOUR, day.from + change.toHour * HOUR];
  const members = new Set(day.queues.find((q) => q.queueId === change.queueId)?.memberIds);
  const there = new Set(
    times.filter((t) => members.has(t.userId) && t.from < to && t.to > from).map((t) => t.userId),
  );
  return [...there]
    .map((userId) => ({ userId, lot: chance(seed, "away", userId) }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, -change.count)
    .map(({ userId }) => ({ userId, from, to }));
}

/** Whoever is added can do what the queue asks for, and works in it alone. */
function addedBy(day: RecordedDay, change: StaffChange, n: number): Shift[] {
  const queue = day.queues.find((q) => q.queueId === change.queueId);
  if (!queue) return [];
  return Array.from({ length: change.count }, (_, i) => ({
    userId: `added-${n + 1}-${i + 1}`,
    queueIds: [queue.queueId],
    skills: askedBy(queue),
    limits: usualLimits(day, queue),
    from: day.from + change.fromHour * HOUR,
    to: day.from + change.toHour * HOUR,
  }));
}

function askedBy({ rules }: SetupQueue): Record<string, number> {
  const skills: Record<string, number> = {};
  for (const need of rules.rings.flatMap((r) => [...r.needs, ...r.prefers]))
    skills[need.skillId] = Math.max(skills[need.skillId] ?? 0, need.level);
  return skills;
}

/** What most members of the queue may carry. */
function usualLimits(day: RecordedDay, { memberIds }: SetupQueue) {
  const counts = new Map<string, number>();
  for (const { userId, limits } of day.agents)
    if (memberIds.includes(userId)) {
      const key = JSON.stringify([limits.call, limits.chat, limits.mail]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (!most) return defaultLimits;
  const [call, chat, mail] = JSON.parse(most[0]) as [number, number, number];
  return { call, chat, mail };
}
