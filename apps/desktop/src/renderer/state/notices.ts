import type { FloorNotice } from "@tongdai/shared";
import type { State } from "./model.ts";

const MOST = 200;

/** What supervisors are told of agents, newest first; told twice it is there once. */
export function withNotices(state: State, told: readonly FloorNotice[]): State {
  const fresh = told.filter((n) => !state.notices.some((known) => known.seq === n.seq));
  if (fresh.length === 0) return state;
  const notices = [...fresh, ...state.notices].sort((a, b) => b.seq - a.seq).slice(0, MOST);
  return { ...state, notices };
}
