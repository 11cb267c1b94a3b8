import { Letter } from "@tongdai/shared";
import { z } from "zod";
import type { InboundEvent, InboundLetter } from "../../channels/channel.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { insertBody } from "../../store/message-bodies.ts";
import { insertMessage, messageByExternalId } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { foldedText } from "./message-row.ts";

/** What `message.letter` holds: what clients see, and what only answering needs. */
export const LetterRow = Letter.extend({
  references: z.array(z.string()),
  /** See `InboundLetter`; empty: ours. */
  digest: z.string(),
});
export type LetterRow = z.infer<typeof LetterRow>;

export const letterOf = (row: Pick<MessageRow, "letter">): LetterRow | null =>
  row.letter === null ? null : fromJson(LetterRow, row.letter);

/** The columns of a letter; none of any other message. Its subject is found as its text is. */
export function letterColumns(
  event: Extract<InboundEvent, { kind: "message" | "echo" }>,
): Partial<Pick<MessageRow, "letter" | "folded">> {
  const { letter } = event;
  if (!letter) return {};
  const { subject, from, to, cc, replyTo, automatic, isForged, digest, references } = letter;
  const row: LetterRow = {
    subject,
    from: event.kind === "message" ? from : null,
    to: [...to],
    cc: [...cc],
    bcc: [],
    replyTo: [...replyTo],
    automatic,
    ...(isForged && { isForged }),
    hasBody: letter.html !== null || letter.quoted !== "",
    refused: [],
    references: [...references],
    digest,
  };
  return { letter: JSON.stringify(row), folded: foldedText(`${subject} ${event.text}`) };
}

/**
 * Stores a message, and a letter with what is read only when somebody looks at it. False when it is there already: the same id
 * with other content is another letter all the same.
 */
export async function insertLetter(
  tx: Tx,
  row: MessageRow,
  letter: InboundLetter | undefined,
): Promise<boolean> {
  if (!(await insertMessage(tx, row))) {
    if (!letter || row.external_id === null) return false;
    const known = await messageByExternalId(tx, row.account_id, row.external_id);
    const digest = known && letterOf(known)?.digest;
    if (!digest || digest === letter.digest) return false;
    row.external_id = `${row.external_id}#${letter.digest}`;
    if (!(await insertMessage(tx, row))) return false;
  }
  if (letter && (letter.html !== null || letter.quoted !== ""))
    await insertBody(tx, { message_id: row.id, html: letter.html, quoted: letter.quoted });
  return true;
}
