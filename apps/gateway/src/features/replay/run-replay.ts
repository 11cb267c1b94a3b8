import {
  AppError,
  ReplayQuestion as Question,
  type RecordedDay,
  type ReplayChanges,
  type ReplayQuestion,
  type ReplayResult,
  recordedSide,
  replayDay,
  replayNotes,
} from "@tongdai/shared";
import { type DaySource, readDay } from "./read-day.ts";

/** Reading the day is a small part of the work, and its two runs take about as long. */
const READ = 0.1;
const RUN = (1 - READ) / 2;

/** A recorded day, the same run again, and again with changes. Throws `not_found` for a queue or person that is not there. */
export async function runReplay(
  source: DaySource,
  o: ReplayQuestion & { progress?: (part: number) => void },
): Promise<ReplayResult> {
  const day = await readDay(source, o.day);
  assertKnown(day, o.changes);
  o.progress?.(READ);
  const { definition, seed } = o;
  const run = (changes: ReplayChanges, from: number) =>
    replayDay(day, { changes, definition, seed, progress: (part) => o.progress?.(from + part * RUN) });
  const replayed = run(unchanged, READ);
  const same = JSON.stringify(o.changes) === JSON.stringify(unchanged);
  return {
    day: o.day,
    timeZone: day.timeZone,
    recorded: recordedSide(day, definition),
    replayed,
    changed: same ? replayed : run(o.changes, READ + RUN),
    notes: replayNotes(day),
  };
}

const unchanged = Question.shape.changes.parse({});

function assertKnown(day: RecordedDay, { queues, people, staff }: ReplayChanges): void {
  const queueIds = new Set(day.queues.map((q) => q.queueId));
  const userIds = new Set(day.agents.map((a) => a.userId));
  if ([...queues, ...staff].some(({ queueId }) => !queueIds.has(queueId)))
    throw new AppError("not_found", "no such queue", { field: "changes.queues" });
  if (people.some(({ userId }) => !userIds.has(userId)))
    throw new AppError("not_found", "no such agent", { field: "changes.people" });
}
