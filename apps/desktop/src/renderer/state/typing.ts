import type { State, TypingMark } from "./model.ts";
import { without } from "./same.ts";

export function setTyping(state: State, conversationId: string, userId: string | null, on: boolean): State {
  const old = state.typing[conversationId] ?? [];
  const known = old.some((mark) => mark.userId === userId);
  if (known === on) return state;
  const marks: readonly TypingMark[] = on ? [...old, { userId }] : old.filter((m) => m.userId !== userId);
  const typing =
    marks.length === 0 ? without(state.typing, conversationId) : { ...state.typing, [conversationId]: marks };
  return { ...state, typing };
}
