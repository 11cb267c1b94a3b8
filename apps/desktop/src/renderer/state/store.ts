import { createStore, type StoreApi } from "zustand/vanilla";
import { initialState, type Preferences, type State } from "./model.ts";
import type { Route } from "./route.ts";

/** Holds the state and nothing else: what may happen to it are the plain functions beside it. */
export type Store = StoreApi<State>;

export const createAppStore = (preferences?: Preferences, route?: Route): Store =>
  createStore<State>(() => initialState(preferences, route));
