import type { Dialog } from "./dialog.ts";
import type { FocusTarget, Preferences, State, UiSlice } from "./model.ts";
import { formatRoute, type Route } from "./route.ts";
import { same } from "./same.ts";

const withUi = (state: State, change: Partial<UiSlice>): State => ({
  ...state,
  ui: { ...state.ui, ...change },
});

export const setRoute = (state: State, route: Route): State =>
  formatRoute(route) === formatRoute(state.ui.route)
    ? state
    : withUi(state, { route, dialog: null, focus: { ...state.ui.focus, target: null } });

export const setDialog = (state: State, dialog: Dialog | null): State =>
  same(dialog, state.ui.dialog) ? state : withUi(state, { dialog });

export const wishFocus = (state: State, target: FocusTarget | null): State =>
  withUi(state, { focus: { target, count: state.ui.focus.count + 1 } });

export function setPreferences(state: State, change: Partial<Preferences>): State {
  const preferences = { ...state.ui.preferences, ...change };
  return same(preferences, state.ui.preferences) ? state : withUi(state, { preferences });
}
