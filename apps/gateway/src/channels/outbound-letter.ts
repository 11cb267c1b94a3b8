import type { Ctx } from "../context.ts";
import { attachmentsOf, letterOf } from "../features/conversations/index.ts";
import { mediaById } from "../store/media.ts";
import { bodyOf } from "../store/message-bodies.ts";
import type { MessageRow } from "../store/schema.ts";
import type { OutgoingLetter } from "./channel.ts";

/** What a letter has beside its text, its files read; `null`: the message is none. Throws when a file is gone. */
export async function letterPartOf(ctx: Ctx, message: MessageRow): Promise<OutgoingLetter | null> {
  const letter = letterOf(message);
  if (!letter) return null;
  const body = letter.hasBody ? await bodyOf(ctx.store, message.id) : undefined;
  const files: { name: string; mime: string; bytes: Buffer }[] = [];
  for (const { mediaId } of attachmentsOf(message)) {
    const media = mediaId ? await mediaById(ctx.store, mediaId) : undefined;
    if (!media) throw new Error("a file is gone");
    files.push({ name: media.name, mime: media.mime, bytes: await ctx.media.read(media.hash) });
  }
  const { subject, to, cc, bcc, references, automatic } = letter;
  return {
    conversationId: message.conversation_id,
    subject,
    html: body?.html ?? null,
    to,
    cc,
    bcc,
    files,
    references,
    automatic: automatic !== null,
  };
}
