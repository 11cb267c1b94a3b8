import { AppError, type Attachment, type LetterQuote } from "@tongdai/shared";
import { newId } from "../../ids.ts";
import type { Tx } from "../../store/index.ts";
import { mediaByIds } from "../../store/media.ts";
import { bodyOf } from "../../store/message-bodies.ts";
import { messageById } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { attachmentsOf } from "./attachments.ts";
import { inHtml } from "./letter-html.ts";

/** What stands below the words of a letter of ours. */
export interface QuotedLetter {
  readonly text: string;
  /** Clean: its words are, and the rest is ours. */
  readonly html: string;
  /** Those within what is quoted: they travel along. */
  readonly pictures: readonly Attachment[];
}

/** In characters; a longer one is quoted without its formatting, or in part. */
const MOST_HTML = 500_000;
const MOST_TEXT = 50_000;
const QUOTE_STYLE = "margin:0 0 0 8px;padding-left:8px;border-left:2px solid #ccc";

/** Throws `not_found` for what is no message of the conversation, or was taken back. */
export async function quoteLetter(
  tx: Tx,
  conversationId: string,
  { messageId, how, intro }: LetterQuote,
): Promise<QuotedLetter> {
  const row = await messageById(tx, messageId);
  if (row?.conversation_id !== conversationId || row.kind !== "message" || row.state === "removed")
    throw new AppError("not_found", "no such letter to quote");
  const body = await bodyOf(tx, row.id);
  const whole = [row.text, body?.quoted ?? ""].filter((part) => part !== "").join("\n\n");
  const text = whole.slice(0, MOST_TEXT).toWellFormed();
  const html = body?.html && body.html.length <= MOST_HTML ? body.html : inHtml(text);
  const head = `<p>${inHtml(intro)}</p>`;
  return {
    text:
      how === "forward"
        ? `${intro}\n\n${text}`
        : `${intro}\n${text.replaceAll(/^(>*) ?/gm, ">$1 ").trimEnd()}`,
    html:
      how === "forward"
        ? `<div data-quote="">${head}${html}</div>`
        : `<div data-quote="">${head}<blockquote type="cite" style="${QUOTE_STYLE}">${html}</blockquote></div>`,
    pictures: await picturesIn(tx, row, html),
  };
}

async function picturesIn(tx: Tx, row: MessageRow, html: string): Promise<Attachment[]> {
  const inline = attachmentsOf(row).filter((a) => a.inline && a.mediaId !== null);
  const media = await mediaByIds(
    tx,
    inline.flatMap((a) => a.mediaId ?? []),
  );
  const named = new Set(media.filter((m) => html.includes(`"kept:${m.hash}"`)).map((m) => m.id));
  return inline.filter((a) => named.has(a.mediaId ?? "")).map((a) => ({ ...a, id: newId() }));
}
