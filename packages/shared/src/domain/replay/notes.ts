import type { ReplayNote } from "../../contract/replay.ts";
import type { RecordedDay } from "./recorded-day.ts";

/** What the replay of a day had to assume, and of how many it is true. */
export function replayNotes(day: RecordedDay): ReplayNote[] {
  const { segments } = day;
  const within = segments.filter((s) => s.arrivedAt >= day.from);
  const counts: Record<ReplayNote["code"], number> = {
    rules_changed: day.rulesChanged,
    as_now: day.asNow,
    picked: day.queues.filter((q) => q.rules.mode === "pull").length,
    patience: within.filter((s) => s.origin !== "agent" && s.acceptedAt !== null).length,
    declined: within.flatMap((s) => s.offers).filter((o) => o.outcome === "declined").length,
    parked: within.filter((s) => day.parks[s.id] !== undefined).length,
    carried: new Set(segments.filter((s) => s.arrivedAt < day.from).map((s) => s.interactionId)).size,
    going_on: segments.filter((s) => s.outcome === null).length,
  };
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => ({ code: code as ReplayNote["code"], count }));
}
