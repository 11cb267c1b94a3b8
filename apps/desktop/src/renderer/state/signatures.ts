import type { EventData } from "@tongdai/shared";
import type { State } from "./model.ts";
import { put, without } from "./same.ts";

/** `null`: there is none any more. */
export function withSignature(state: State, { ownerId, signature }: EventData<"signature.saved">): State {
  const was = state.people.signatures;
  const signatures = signature ? put(was, ownerId, signature) : without(was, ownerId);
  return signatures === was ? state : { ...state, people: { ...state.people, signatures } };
}
