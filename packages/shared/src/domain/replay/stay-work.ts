import type { ReportSegment } from "../../contract/reports.ts";
import type { Arrival } from "../routing.ts";
import { type Habits, type lotOf, workOf } from "./habits.ts";
import type { RecordedDay } from "./recorded-day.ts";

/** Put aside after so much of the work, for so long. Milliseconds. */
interface Park {
  readonly afterMs: number;
  readonly forMs: number;
}

interface WorkOf {
  /** What chance is drawn by. */
  readonly of: string;
  /** The segment in which somebody did later what nobody had done in this one. */
  readonly later: ReportSegment | undefined;
  readonly inHand: boolean;
  /** How much of it is done already. */
  readonly doneMs: number;
}

/** What there is to do in a stay, and when it is put aside. `longer`: 1 as it was. */
export function stayWork(
  day: RecordedDay,
  o: { habits: Habits; lot: ReturnType<typeof lotOf>; longer: number },
) {
  const scaled = (ms: number): number => Math.round(ms * o.longer);

  return (was: ReportSegment, w: WorkOf): Required<Pick<Arrival, "handleMs" | "parks">> => {
    const done = was.agentId === null ? w.later : was;
    const since = w.inHand ? day.from : (done?.acceptedAt ?? day.at);
    const parks = done ? parksOf(day, done, since) : [];
    const handleMs = done ? handleMsOf(done, { ...w, since, parks }) : drawnMs(was, w.of);
    return {
      handleMs: Math.max(0, scaled(handleMs) - w.doneMs),
      parks: parks.flatMap(({ afterMs, forMs }) => {
        const after = scaled(afterMs) - w.doneMs;
        return w.doneMs === 0 || after > 0 ? [{ afterMs: after, forMs }] : [];
      }),
    };
  };

  function drawnMs(was: ReportSegment, of: string): number {
    return o.habits.handleMs(was.queueId, o.lot("handle", of));
  }

  function handleMsOf(
    done: ReportSegment,
    w: Pick<WorkOf, "of" | "inHand"> & { since: number; parks: readonly Park[] },
  ): number {
    const parkedMs = w.parks.reduce((sum, p) => sum + p.forMs, 0);
    if (done.endedAt === null) return Math.max(drawnMs(done, w.of), day.at - w.since - parkedMs);
    return w.inHand ? done.endedAt - w.since - parkedMs : workOf(done);
  }
}

/** How often and for how long a segment's work was put aside, from a moment on. */
function parksOf(day: RecordedDay, was: ReportSegment, since: number): Park[] {
  let parkedMs = 0;
  return (day.parks[was.id] ?? []).flatMap(({ from, to }) => {
    const begins = Math.max(from, since);
    const forMs = (to ?? day.at) - begins;
    if (forMs <= 0) return [];
    const afterMs = begins - since - parkedMs;
    parkedMs += forMs;
    return [{ afterMs, forMs }];
  });
}
