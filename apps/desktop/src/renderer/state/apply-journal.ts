import type { JournalEvent } from "@tongdai/shared";
import { applyEvent } from "./apply-event.ts";
import type { State } from "./model.ts";

/** Applies what is new, in order; what was applied before is dropped by its number. */
export function applyJournal(state: State, events: readonly JournalEvent[]): State {
  const { lastSeq } = state.connection;
  const fresh = events.filter((e) => lastSeq === null || e.seq > lastSeq);
  if (fresh.length === 0) return state;
  const ordered = [...fresh].sort((a, b) => a.seq - b.seq).filter((e, i, all) => e.seq !== all[i - 1]?.seq);
  const next = ordered.reduce(applyEvent, state);
  const last = ordered.at(-1);
  return last ? reached(next, last.seq, last.at) : next;
}

/** Everything up to `seq` is known, the rows that this reader may not see included. */
export const reached = (state: State, seq: number, at: number | null): State =>
  (state.connection.lastSeq ?? -1) >= seq
    ? state
    : { ...state, connection: { ...state.connection, lastSeq: seq, lastAt: at } };
