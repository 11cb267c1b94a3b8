import type { CommandInput, Draft, UnsentLetter, Uploaded } from "@tongdai/shared";
import { heldLetter, tidyLetter } from "./letters.ts";
import type { DraftMedia, DraftState, State } from "./model.ts";
import { put, same, without } from "./same.ts";

export const emptyDraft: DraftState = {
  text: "",
  mediaIds: [],
  replyToId: null,
  note: false,
  letter: null,
  privately: false,
  savedAt: null,
  dirty: false,
};

export const isEmptyDraft = (draft: DraftState): boolean =>
  draft.text === "" && draft.mediaIds.length === 0 && draft.replyToId === null;

export function editDraft(state: State, conversationId: string, change: Partial<DraftState>): State {
  const old = state.drafts[conversationId] ?? emptyDraft;
  const letter = change.letter === undefined ? unformatted(old, change.text) : change.letter;
  const drafts = put(state.drafts, conversationId, { ...old, dirty: true, ...change, letter });
  return drafts === state.drafts ? state : { ...state, drafts };
}

/** Words that were changed without their formatting have none. */
const unformatted = ({ text, letter }: DraftState, now = text): UnsentLetter | null =>
  letter?.html && now !== text ? tidyLetter({ ...letter, html: null }) : letter;

/** The gateway's word on a draft. What is being typed here is newer than anything it can say, but not what its files are. */
export function putDraft(state: State, conversationId: string, draft: Draft | null): State {
  const known = learnMedia(state, draft?.media ?? []);
  if (state.drafts[conversationId]?.dirty) return known;
  const drafts = draft
    ? put(state.drafts, conversationId, fromWire(draft))
    : without(state.drafts, conversationId);
  return drafts === state.drafts ? known : { ...known, drafts };
}

export function learnMedia(state: State, found: readonly Uploaded[]): State {
  const fresh = found.filter(({ mediaId }) => !state.media[mediaId]);
  if (fresh.length === 0) return state;
  const learnt = fresh.map((each): [string, DraftMedia] => [each.mediaId, { ...each, place: -1 }]);
  return { ...state, media: { ...state.media, ...Object.fromEntries(learnt) } };
}

/** After all that was added here so far. */
export const nextPlace = ({ uploads, media }: State): number =>
  Math.max(-1, ...[...uploads, ...Object.values(media)].map(({ place }) => place)) + 1;

const placeOf = ({ media }: State, mediaId: string): number => media[mediaId]?.place ?? -1;

/** A file that has arrived stands where it was added, not where it came in. */
export function putUploaded(state: State, conversationId: string, file: DraftMedia): State {
  const known = { ...state, media: { ...state.media, [file.mediaId]: file } };
  const { mediaIds } = state.drafts[conversationId] ?? emptyDraft;
  const ordered = [...mediaIds, file.mediaId].sort((a, b) => placeOf(known, a) - placeOf(known, b));
  return editDraft(known, conversationId, { mediaIds: ordered });
}

/** The save was acknowledged: clean, unless the draft was changed since. */
export function settleDraft(
  state: State,
  conversationId: string,
  sent: SentDraft,
  saved: Draft | null,
): State {
  const now = state.drafts[conversationId];
  if (!now || !same(wordsOf(now), wordsOf(sent))) return state;
  return putDraft(
    { ...state, drafts: { ...state.drafts, [conversationId]: { ...now, dirty: false } } },
    conversationId,
    saved,
  );
}

const wordsOf = ({
  text,
  mediaIds = [],
  replyToId = null,
  note = false,
  privately = false,
  letter,
}: SentDraft) => ({
  text,
  mediaIds,
  replyToId,
  note,
  privately,
  letter: heldLetter(letter),
});

export interface SentDraft {
  readonly text: string;
  readonly mediaIds?: readonly string[] | undefined;
  readonly replyToId?: string | null | undefined;
  readonly note?: boolean | undefined;
  readonly privately?: boolean | undefined;
  readonly letter?: CommandInput<"draft.save">["letter"];
}

const fromWire = (draft: Draft): DraftState => ({
  text: draft.text,
  mediaIds: draft.media.map(({ mediaId }) => mediaId),
  replyToId: draft.replyToId,
  note: draft.note,
  privately: draft.privately,
  letter: draft.letter,
  savedAt: draft.savedAt,
  dirty: false,
});
