export { recordedSide } from "./replay/figures.ts";
export { replayNotes } from "./replay/notes.ts";
export type { KnownWork, RecordedDay, SetupAgent, SetupQueue } from "./replay/recorded-day.ts";
export { replayDay } from "./replay/replay-day.ts";
