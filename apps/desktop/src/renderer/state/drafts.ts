import type { Draft } from "@tongdai/shared";
import type { DraftState, State } from "./model.ts";
import { put, without } from "./same.ts";

export const emptyDraft: DraftState = {
  text: "",
  mediaIds: [],
  replyToId: null,
  note: false,
  savedAt: null,
  dirty: false,
};

export const isEmptyDraft = (draft: DraftState): boolean =>
  draft.text === "" && draft.mediaIds.length === 0 && draft.replyToId === null;

export function editDraft(state: State, conversationId: string, change: Partial<DraftState>): State {
  const old = state.drafts[conversationId] ?? emptyDraft;
  const drafts = put(state.drafts, conversationId, { ...old, dirty: true, ...change });
  return drafts === state.drafts ? state : { ...state, drafts };
}

/** The gateway's word on a draft. What is being typed here is newer than anything it can say. */
export function putDraft(state: State, conversationId: string, draft: Draft | null): State {
  if (state.drafts[conversationId]?.dirty) return state;
  const drafts = draft
    ? put(state.drafts, conversationId, fromWire(draft))
    : without(state.drafts, conversationId);
  return drafts === state.drafts ? state : { ...state, drafts };
}

/** The save was acknowledged: clean, unless more was typed since. */
export function settleDraft(
  state: State,
  conversationId: string,
  sent: SentDraft,
  saved: Draft | null,
): State {
  const now = state.drafts[conversationId];
  if (!now || now.text !== sent.text || now.note !== (sent.note ?? false)) return state;
  return putDraft(
    { ...state, drafts: { ...state.drafts, [conversationId]: { ...now, dirty: false } } },
    conversationId,
    saved,
  );
}

export interface SentDraft {
  readonly text: string;
  readonly note?: boolean | undefined;
}

const fromWire = (draft: Draft): DraftState => ({
  text: draft.text,
  mediaIds: draft.mediaIds,
  replyToId: draft.replyToId,
  note: draft.note,
  savedAt: draft.savedAt,
  dirty: false,
});
