import type { ReplayChanges } from "../../contract/replay.ts";
import type { RecordedDay } from "./recorded-day.ts";

/** The day with other queues and people. What a change leaves out stays. */
export function applyChanges(day: RecordedDay, changes: ReplayChanges): RecordedDay {
  const queues = new Map(changes.queues.map((q) => [q.queueId, q]));
  const people = new Map(changes.people.map((p) => [p.userId, p]));
  return {
    ...day,
    queues: day.queues.map((q) => {
      const change = queues.get(q.queueId);
      return {
        ...q,
        memberIds: change?.memberIds ?? q.memberIds,
        offerSeconds: change?.offerSeconds ?? q.offerSeconds,
        rules: change?.rules ?? q.rules,
        waiting: change?.waiting ?? q.waiting,
      };
    }),
    agents: day.agents.map((a) => {
      const change = people.get(a.userId);
      return { ...a, skills: change?.skills ?? a.skills, limits: change?.limits ?? a.limits };
    }),
    capacity: changes.capacity ?? day.capacity,
  };
}
