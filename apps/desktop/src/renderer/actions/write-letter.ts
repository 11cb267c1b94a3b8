import {
  type Attachment,
  answerToAll,
  type Message,
  type UnsentLetter,
  type Uploaded,
} from "@tongdai/shared";
import { emptyDraft, learnMedia } from "../state/drafts.ts";
import { asRecipient, emptyLetter, tidyLetter } from "../state/letters.ts";
import { selectAccount, selectConversation } from "../state/selectors.ts";
import { mostFiles } from "./attach-files.ts";
import type { Client } from "./client.ts";
import { focusOn } from "./navigate.ts";
import { changeDraft } from "./save-draft.ts";

export type HowToAnswer = "reply" | "reply_all" | "forward";

/** Turns what is being written into an answer to a letter, or into a letter that passes it on; the words typed so far stay. */
export function answerLetter(client: Client, message: Message, how: HowToAnswer): void {
  const { conversationId } = message;
  const { mediaIds, letter } = client.store.getState().drafts[conversationId] ?? emptyDraft;
  const passed = how === "forward" ? filesOf(message) : [];
  client.update((s) => learnMedia(s, passed));
  const fresh = { ...emptyLetter, html: letter?.html ?? null };
  changeDraft(client, conversationId, {
    note: false,
    replyToId: message.id,
    mediaIds: [...new Set([...mediaIds, ...passed.map((file) => file.mediaId)])].slice(0, mostFiles),
    letter: tidyLetter({ ...fresh, ...recipientsFor(client, message, how) }),
  });
  focusOn(client, "composer");
}

function recipientsFor(client: Client, message: Message, how: HowToAnswer): Partial<UnsentLetter> {
  if (how === "forward") return { forward: true, to: [] };
  if (how === "reply" || !message.letter) return {};
  const state = client.store.getState();
  const conversation = selectConversation(state, message.conversationId);
  const own = (conversation && selectAccount(state, conversation)?.externalId) ?? "";
  const { to, cc } = answerToAll({ direction: message.direction, letter: message.letter }, own);
  return { to: to.map(asRecipient), cc: cc.map(asRecipient) };
}

/** Whether an answer to all would reach more people than an answer. */
export function hasOthers(client: Client, message: Message): boolean {
  const { to = [], cc = [] } = recipientsFor(client, message, "reply_all");
  return to.length + cc.length > 1;
}

const filesOf = (message: Message): Uploaded[] =>
  message.attachments.filter((a) => !a.inline).flatMap(fileOf);

const fileOf = ({ mediaId, kind, name, mime, size, thumbnail }: Attachment): Uploaded[] =>
  mediaId === null
    ? []
    : [
        {
          mediaId,
          kind: kind === "image" || kind === "video" || kind === "audio" ? kind : "file",
          name,
          mime,
          size: size ?? 0,
          thumbnail,
        },
      ];

/** @param text the same words unformatted, where they changed */
export function changeLetter(
  client: Client,
  conversationId: string,
  change: Partial<UnsentLetter>,
  text?: string,
): void {
  const { letter } = client.store.getState().drafts[conversationId] ?? emptyDraft;
  changeDraft(client, conversationId, {
    ...(text !== undefined && { text }),
    letter: tidyLetter({ ...(letter ?? emptyLetter), ...change }),
  });
}
