import type { User, WireError } from "@tongdai/shared";
import { initialState, type State } from "./model.ts";
import { same } from "./same.ts";

export function loggedIn(state: State, me: User): State {
  const session = { ...state.session, status: "in" as const, me, ended: null };
  return same(session, state.session) ? state : { ...state, session };
}

/** Nobody's data stays behind for the next person; the look of the program does. */
export function loggedOut(state: State, ended: WireError | null): State {
  const fresh = initialState(state.ui.preferences, state.ui.route);
  return { ...fresh, session: { ...fresh.session, status: "out", ended } };
}
