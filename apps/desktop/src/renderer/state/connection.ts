import type { ConnectionSlice, State } from "./model.ts";

export function setConnection(state: State, status: ConnectionSlice["status"], at: number): State {
  if (state.connection.status === status) return state;
  return { ...state, connection: { ...state.connection, status, since: at } };
}

export const setSkew = (state: State, skew: number): State =>
  state.connection.skew === skew ? state : { ...state, connection: { ...state.connection, skew } };
