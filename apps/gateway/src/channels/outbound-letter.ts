import type { Ctx } from "../context.ts";
import { attachmentsOf, letterOf } from "../features/conversations/index.ts";
import { mediaById } from "../store/media.ts";
import { bodyOf } from "../store/message-bodies.ts";
import type { MessageRow } from "../store/schema.ts";
import type { OutgoingLetter } from "./channel.ts";

interface LetterPart {
  readonly letter: OutgoingLetter;
  /** With what it quotes. */
  readonly text: string;
}

/** A letter with its files read, or `null`: the message is none. Throws when a file is gone. */
export async function letterPartOf(ctx: Ctx, message: MessageRow): Promise<LetterPart | null> {
  const letter = letterOf(message);
  if (!letter) return null;
  const body = letter.hasBody ? await bodyOf(ctx.store, message.id) : undefined;
  const files: OutgoingLetter["files"][number][] = [];
  let html = body?.html ?? null;
  for (const { mediaId, inline } of attachmentsOf(message)) {
    const media = mediaId ? await mediaById(ctx.store, mediaId) : undefined;
    if (!media) throw new Error("a file is gone");
    const file = { name: media.name, mime: media.mime, bytes: await ctx.media.read(media.hash) };
    const cid = `${media.hash}@inline`;
    if (inline) html = html?.replaceAll(`"kept:${media.hash}"`, `"cid:${cid}"`) ?? null;
    files.push(inline ? { ...file, cid } : file);
  }
  const { subject, to, cc, bcc, references, automatic } = letter;
  return {
    text: [message.text, body?.quoted ?? ""].filter((part) => part !== "").join("\n\n"),
    letter: {
      conversationId: message.conversation_id,
      subject,
      html,
      to,
      cc,
      bcc,
      files,
      references,
      automatic: automatic !== null,
    },
  };
}
