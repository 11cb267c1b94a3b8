import {
  CapacityRule,
  defaultCapacity,
  Hours,
  Queue,
  type SetupAgent,
  type SetupQueue,
  User,
} from "@tongdai/shared";
import { z } from "zod";
import { toHours } from "../../presenters/hours.ts";
import { limitsOf, skillsOf, toQueue } from "../../presenters/people.ts";
import { allHours } from "../../store/hours.ts";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { allAgents, allQueues, allWithSkills } from "../../store/people.ts";
import { type SetupEntry, setupBefore } from "../../store/replay.ts";
import { readSetting } from "../../store/settings.ts";
import { allStaffing } from "../../store/staffing.ts";

const PAGE = 200;

/** The newest saves before the end of a day, by what they are of. */
interface Saves {
  readonly queues: Map<string, Queue>;
  readonly skills: Map<string, User["skills"]>;
  readonly hours: Map<string, Hours>;
  capacity: CapacityRule | null;
  /** Queues that were saved within the day. */
  readonly changed: Set<string>;
}

// Tolerant: the journal keeps rows of every version that has written to it.
const Saved = z.object({
  queue: Queue.optional(),
  user: User.pick({ id: true, skills: true }).optional(),
  hours: Hours.optional(),
  capacity: CapacityRule.optional(),
});

/** Queues, people and capacity as they were at the end of a day; what no record tells is as it is now. */
export async function setupOf(q: Queryable, { from, to }: { from: number; to: number }) {
  const saves = await savesBefore(q, { from, to });
  const now = await queuesNow(q);
  const hours = new Map((await allHours(q)).map((row) => [row.id, toHours(row)]));
  const queues = now.map((queue): SetupQueue => {
    const was = saves.queues.get(queue.id) ?? queue;
    const { hoursId } = was;
    return {
      queueId: was.id,
      memberIds: was.memberIds,
      offerSeconds: was.offerSeconds,
      rules: was.rules,
      waiting: was.waiting,
      hours: hoursId === null ? null : (saves.hours.get(hoursId) ?? hours.get(hoursId) ?? null),
      outOfHours: was.outOfHours.action,
    };
  });
  const skills = new Map((await allWithSkills(q)).map((u) => [u.id, skillsOf(u.skills)]));
  const agents = (await allAgents(q)).map(
    (a): SetupAgent => ({
      userId: a.user_id,
      skills: saves.skills.get(a.user_id) ?? skills.get(a.user_id) ?? {},
      limits: limitsOf(a),
    }),
  );
  const capacity = await readSetting(q, "capacity");
  return {
    queues,
    agents,
    capacity: saves.capacity ?? (capacity === undefined ? defaultCapacity : fromJson(CapacityRule, capacity)),
    rulesChanged: saves.changed.size,
    asNow: now.filter((queue) => !saves.queues.has(queue.id)).length,
  };
}

async function queuesNow(q: Queryable): Promise<Queue[]> {
  const staffing = await allStaffing(q);
  return (await allQueues(q)).map((row) => toQueue(row, staffing(row.id)));
}

async function savesBefore(q: Queryable, { from, to }: { from: number; to: number }): Promise<Saves> {
  const saves: Saves = {
    queues: new Map(),
    skills: new Map(),
    hours: new Map(),
    capacity: null,
    changed: new Set(),
  };
  let below: number | null = null;
  for (;;) {
    const page = await setupBefore(q, { before: to, below, limit: PAGE });
    for (const entry of page) note(saves, entry, from);
    if (page.length < PAGE) return saves;
    below = page.at(-1)?.seq ?? null;
  }
}

/** Rows come newest first: the first of each thing counts. What cannot be read is passed over. */
function note(saves: Saves, { name, at, data }: SetupEntry, from: number): void {
  const read = Saved.safeParse(data).data;
  if (!read) return;
  const { queue, user, hours, capacity } = read;
  if (name === "queue.saved" && queue) {
    if (!saves.queues.has(queue.id)) saves.queues.set(queue.id, queue);
    if (at >= from) saves.changed.add(queue.id);
  }
  if (name === "user.saved" && user && !saves.skills.has(user.id)) saves.skills.set(user.id, user.skills);
  if (name === "hours.saved" && hours && !saves.hours.has(hours.id)) saves.hours.set(hours.id, hours);
  if (name === "capacity.saved" && capacity) saves.capacity ??= capacity;
}
