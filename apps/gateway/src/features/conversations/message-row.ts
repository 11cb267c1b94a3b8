import { foldedWords } from "@tongdai/shared";
import { newId } from "../../ids.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { MessageRow } from "../../store/schema.ts";

type Given = Pick<MessageRow, "kind" | "direction" | "author_kind" | "state" | "at" | "created_at"> &
  Partial<MessageRow>;

/** A message row with everything that is usually empty filled in. */
export function messageRow(view: ConversationView, given: Given): MessageRow {
  const text = given.text ?? "";
  return {
    id: newId(),
    conversation_id: view.id,
    account_id: view.account_id,
    interaction_id: view.i_id,
    author_id: null,
    attachments: "[]",
    reply_to_id: null,
    reply_to_external_id: null,
    reply_excerpt: "",
    reactions: "[]",
    mentions: "[]",
    state_at: null,
    error: null,
    event: null,
    letter: null,
    template: null,
    comment: null,
    private_to: null,
    sending_id: null,
    revision: 0,
    external_id: null,
    vendor_at: null,
    client_id: null,
    part: 0,
    ...given,
    text,
    folded: given.folded ?? foldedText(text),
  };
}

/**
 * What `message.folded` holds: words and blanks only. PostgreSQL's parser would take "dh-12345" for a word and a negative
 * number, and an address for one word.
 */
export const foldedText = (text: string): string => foldedWords(text.slice(0, SEARCHED)).join(" ");

/** Characters: far more than any channel's longest message. PostgreSQL refuses a row whose words fill a megabyte. */
const SEARCHED = 50_000;

const PREVIEW_LENGTH = 140;

/** The first line's worth of a text, for lists; never cut inside a surrogate pair. */
export const excerpt = (text: string): string =>
  text.replace(/\s+/gu, " ").trim().slice(0, PREVIEW_LENGTH).toWellFormed();

/** What a message that quotes this one shows of it: nothing of what was taken back. */
export const quoteOf = (target: Pick<MessageRow, "text" | "state">): string =>
  target.state === "removed" ? "" : excerpt(target.text);
