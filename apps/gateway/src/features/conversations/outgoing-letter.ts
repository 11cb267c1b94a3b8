import {
  AppError,
  type Attachment,
  answerTo,
  ChannelId,
  type Correspondent,
  type LetterDraft,
  replySubject,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { newestMessage } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { changeMessage } from "./journal-message.ts";
import { type LetterRow, letterOf } from "./letter-row.ts";
import { signatureFor } from "./letter-signature.ts";
import { foldedText } from "./message-row.ts";
import { quoteLetter } from "./quote-letter.ts";
import { referencesOf } from "./references.ts";

export interface OutgoingLetter {
  readonly row: LetterRow;
  /** Clean, with its signature and what it quotes. */
  readonly html: string | null;
  /** What stands below its text where that is not formatted: the signature, and what it quotes. */
  readonly quoted: string;
  /** Within what it quotes. */
  readonly pictures: readonly Attachment[];
}

interface Asked {
  readonly view: ConversationView;
  readonly draft?: LetterDraft | undefined;
  /** What it answers; the newest letter of the conversation unless told. */
  readonly parent?: MessageRow | null;
  readonly automatic?: boolean;
  /** Who signs it, where the draft asks for that. */
  readonly authorId?: string;
}

/**
 * The letter that an answer is on a channel that has letters, or `null`. What nobody has said of it is as people expect of an
 * answer: to whoever wrote last, with their subject. Throws `invalid_input` for too many recipients, or a letter where there are none,
 * `not_found` for a quote of what is not there.
 */
export async function outgoingLetter(tx: Tx, ctx: Ctx, o: Asked): Promise<OutgoingLetter | null> {
  const { view, draft } = o;
  const { capabilities, cleanHtml } = ctx.channels.get(ChannelId.parse(view.channel));
  if (!capabilities.letters) {
    if (draft) throw new AppError("invalid_input", "this channel has no letters", { field: "letter" });
    return null;
  }
  const parent =
    o.parent ?? (await newestMessage(tx, view.id, "in")) ?? (await newestMessage(tx, view.id)) ?? null;
  const answered = parent && letterOf(parent);
  const to = draft?.to ?? recipientsOf(view, parent, answered);
  const [cc, bcc] = [draft?.cc ?? [], draft?.bcc ?? []];
  if (to.length + cc.length + bcc.length > capabilities.letters.maxRecipients)
    throw new AppError("invalid_input", "too many recipients", { field: "to" });
  const words = draft?.html ? (cleanHtml?.(draft.html) ?? null) : null;
  const quote = draft?.quote ? await quoteLetter(tx, view.id, draft.quote) : null;
  const signature = draft?.signature
    ? await signatureFor(tx, { ownerIds: [o.authorId ?? "", view.account_id], cleanHtml })
    : null;
  const below = [signature, quote].filter((part) => part !== null);
  const html = words && [words, ...below.map((part) => part.html)].join("");
  return {
    html,
    quoted: below.map((part) => part.text).join("\n\n"),
    pictures: html === null ? [] : (quote?.pictures ?? []),
    row: {
      // The first letter of a thread answers none.
      subject: draft?.subject ?? (parent ? replySubject(answered?.subject ?? view.subject) : view.subject),
      from: null,
      to,
      cc,
      bcc,
      replyTo: [],
      automatic: o.automatic ? "system" : null,
      hasBody: html !== null || below.length > 0,
      refused: [],
      references: parent?.external_id
        ? referencesOf({ id: idIn(parent.external_id), references: answered?.references ?? [] })
        : [],
      digest: "",
    },
  };
}

/** A letter that shares its id with another one is stored under more than the id. */
const idIn = (externalId: string): string => externalId.split("#")[0] ?? externalId;

function recipientsOf(
  view: ConversationView,
  parent: MessageRow | null,
  answered: LetterRow | null,
): Correspondent[] {
  const to =
    parent && answered
      ? answerTo({ direction: parent.direction === "out" ? "out" : "in", letter: answered })
      : [];
  return to.length > 0 ? to : [{ name: "", address: view.identity_external_id }];
}

export const columnsOf = (letter: OutgoingLetter, text: string): Pick<MessageRow, "letter" | "folded"> => ({
  letter: JSON.stringify(letter.row),
  folded: foldedText(`${letter.row.subject} ${text}`),
});

/** Some of a letter's recipients were refused, while the others have it. */
export function noteRefused(
  tx: Tx,
  ctx: Ctx,
  was: MessageRow,
  refused: readonly { readonly address: string; readonly detail: string }[],
): Promise<MessageRow> {
  const letter = letterOf(was);
  if (!letter) return Promise.resolve(was);
  const now: LetterRow = { ...letter, refused: [...refused] };
  return changeMessage(tx, ctx, { was, change: { letter: JSON.stringify(now) } });
}
