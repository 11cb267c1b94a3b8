import { type CommandInput, type Message, mailHtml, type UnsentLetter } from "@tongdai/shared";
import { emptyDraft } from "../state/drafts.ts";
import { htmlOf } from "../state/letter-html.ts";
import {
  emptyLetter,
  type LetterFault,
  letterFault,
  selectWritesLetters,
  shownLetter,
} from "../state/letters.ts";
import type { DraftState, State } from "../state/model.ts";
import { privateExcess, privateTarget } from "../state/private-answer.ts";
import { selectCapabilities, selectConversation, selectThread } from "../state/selectors.ts";
import { unfitFiles } from "../state/unfit.ts";
import type { Client } from "./client.ts";
import { drop } from "./run.ts";
import { clearDraft } from "./save-draft.ts";
import { stopTyping } from "./set-typing.ts";
import { showLatest } from "./show-message.ts";

export type HeldBack = "unfit" | "uploading" | "upload_failed" | "too_long" | LetterFault;

/**
 * Why what the composer holds cannot go yet: a file is not up or not for this channel, it is more than may be said in private, or
 * nobody is named to whom it could go.
 */
export function heldBack(state: State, conversationId: string): HeldBack | null {
  const own = state.uploads.filter((u) => u.conversationId === conversationId);
  const conversation = selectConversation(state, conversationId);
  const capabilities = conversation && selectCapabilities(state, conversation);
  const rules = capabilities?.attachments;
  if (own.some((u) => u.stopped) || (rules && unfitFiles(state, conversationId, rules).length > 0))
    return "unfit";
  if (own.length > 0) return own.some((u) => u.error === null) ? "uploading" : "upload_failed";
  const draft = state.drafts[conversationId];
  if (draft && privateExcess(capabilities?.public, draft) > 0) return "too_long";
  return conversation && letterFault(state, conversation);
}

/** Whether there is nothing that could go: a letter that is passed on needs no words. */
export const isNothing = ({ text, mediaIds, letter }: DraftState): boolean =>
  text.trim() === "" && mediaIds.length === 0 && letter?.forward !== true;

/**
 * Sends what the composer holds. It shows at once and is kept until the gateway has it.
 * @param introOf what introduces a letter that is quoted, in the writer's language
 * @returns whether there was anything, and all of it could go
 */
export function sendMessage(client: Client, conversationId: string, introOf: IntroOf = () => ""): boolean {
  if (heldBack(client.store.getState(), conversationId)) return false;
  const draft = client.store.getState().drafts[conversationId] ?? emptyDraft;
  const text = draft.text.trim();
  if (isNothing(draft)) return false;
  const letter = letterIn(client.store.getState(), conversationId, introOf);
  // Nothing that is meant for one person leaves for everybody.
  const messages = selectThread(client.store.getState(), conversationId)?.messages ?? [];
  const target = draft.privately ? privateTarget(messages, draft.replyToId) : null;
  if (draft.privately && target === null) return false;
  const replyToId = target?.id ?? draft.replyToId;
  const clientId = client.newId();
  drop(
    client.outbox.hold({
      id: clientId,
      name: "message.send",
      input: {
        clientId,
        conversationId,
        text,
        mediaIds: [...draft.mediaIds],
        replyToId,
        ...(letter && { letter }),
        ...(target && { privately: true }),
      },
      lane: `conversation.${conversationId}`,
    }),
  );
  showLatest(client, conversationId);
  clearDraft(client, conversationId);
  stopTyping(client, conversationId);
  return true;
}

type IntroOf = (quoted: Message, forward: boolean) => string;

function letterIn(
  state: State,
  conversationId: string,
  introOf: IntroOf,
): CommandInput<"message.send">["letter"] | null {
  const conversation = selectConversation(state, conversationId);
  if (!conversation || !selectWritesLetters(state, conversation)) return null;
  const { forward, subject, to, cc, bcc, html, signature, quoted } = shownLetter(state, conversation);
  const text = state.drafts[conversationId]?.text.trim() ?? "";
  return {
    subject: subject.trim(),
    ...(to && { to: [...to] }),
    cc: [...cc],
    bcc: [...bcc],
    html: mailHtml(html ?? htmlOf(text)),
    signature,
    quote: quoted && {
      messageId: quoted.id,
      how: forward ? "forward" : "reply",
      intro: introOf(quoted, forward).slice(0, 5_000),
    },
  };
}

/** A message that could not go, back in the composer to be changed. */
export function editRefused(client: Client, id: string): void {
  const item = client.store.getState().outgoing.find((o) => o.id === id);
  if (item?.name !== "message.send" && item?.name !== "note.add") return;
  const { conversationId, text } = item.input;
  client.outbox.discard(id);
  const draft = {
    ...emptyDraft,
    text,
    dirty: true,
    note: item.name === "note.add",
    mediaIds: item.name === "message.send" ? (item.input.mediaIds ?? []) : [],
    replyToId: item.name === "message.send" ? (item.input.replyToId ?? null) : null,
    letter: item.name === "message.send" ? unsent(item.input.letter) : null,
    privately: item.name === "message.send" && item.input.privately === true,
  };
  client.update((s) => ({ ...s, drafts: { ...s.drafts, [conversationId]: draft } }));
}

function unsent(sent: CommandInput<"message.send">["letter"]): UnsentLetter | null {
  if (!sent) return null;
  const people = (list: NonNullable<typeof sent>["cc"] = []) =>
    list.map(({ name = "", address }) => ({ name, address }));
  return {
    ...emptyLetter,
    forward: sent.quote?.how === "forward",
    ...(sent.subject !== undefined && { subject: sent.subject }),
    ...(sent.to && { to: people(sent.to) }),
    cc: people(sent.cc),
    bcc: people(sent.bcc),
    html: sent.html ?? null,
    quote: sent.quote !== null && sent.quote !== undefined,
    signature: sent.signature === true,
  };
}

export const retryRefused = (client: Client, id: string): void => client.outbox.retry(id);
export const discardRefused = (client: Client, id: string): void => client.outbox.discard(id);
