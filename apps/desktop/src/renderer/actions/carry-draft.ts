import type { Conversation, UnsentLetter } from "@tongdai/shared";
import { emptyDraft, isEmptyDraft } from "../state/drafts.ts";
import { selectWritesLetters } from "../state/letters.ts";
import { selectDraft } from "../state/selectors.ts";
import { moveUploads } from "./attach-files.ts";
import type { Client } from "./client.ts";
import { changeDraft, clearDraft, saveDraft } from "./save-draft.ts";

/**
 * What was typed for a customer in one conversation, in another of theirs: words, files (those too that are still being
 * uploaded, or that the first channel did not take) and, from letter to letter, recipients and subject. It stands behind what
 * was begun there, and leaves the first only once it is in the second. Words for colleagues stay where they are, and a note that
 * was begun there is not made an answer.
 */
export function carryDraft(client: Client, fromId: string, to: Conversation): void {
  const state = client.store.getState();
  const typed = selectDraft(state, fromId) ?? emptyDraft;
  const there = selectDraft(state, to.id) ?? emptyDraft;
  if (typed.note || (there.note && there.text !== "")) return;
  moveUploads(client, fromId, to);
  if (isEmptyDraft(typed) && typed.letter === null) return;
  const letter = selectWritesLetters(state, to) && there.letter === null ? typed.letter : null;
  changeDraft(client, to.id, {
    text: [there.text, typed.text].filter(Boolean).join("\n"),
    mediaIds: [...new Set([...there.mediaIds, ...typed.mediaIds])],
    note: false,
    ...(letter && { letter: carried(letter, there.text === "") }),
  });
  saveDraft(client, to.id);
  clearDraft(client, fromId);
}

/** What it quoted stays in the other thread, so there is nothing to pass on; words behind others lose their formatting. */
const carried = (letter: UnsentLetter, isAlone: boolean): UnsentLetter => ({
  ...letter,
  forward: false,
  html: isAlone ? letter.html : null,
});
