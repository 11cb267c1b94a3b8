import { AppError, type LetterBody } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import { mediaByIds } from "../../store/media.ts";
import { bodyOf } from "../../store/message-bodies.ts";
import { messageById } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { mayRead } from "../access.ts";
import { attachmentsOf } from "./attachments.ts";
import { picturesIn, withPictures } from "./letter-pictures.ts";

/** Of one letter; more are decoration. */
const MOST_REMOTE = 30;
const REMOTE = { maxBytes: 3_000_000, timeoutMs: 8_000 } as const;
/** What a browser draws and cannot run. */
const DRAWN = /^image\/(?:png|jpeg|gif|webp)$/;

/**
 * A letter for whoever may see its conversation, with its pictures in it. Those that lie elsewhere are fetched by us when
 * somebody asks for them, so their keeper learns nothing of who reads. Throws `not_found`.
 */
export async function readLetter(
  ctx: Ctx,
  caller: Caller,
  o: { messageId: string; images: boolean },
): Promise<LetterBody> {
  const row = await messageById(ctx.store, o.messageId);
  const view = row && (await conversationById(ctx.store, row.conversation_id));
  const body = row && row.state !== "removed" ? await bodyOf(ctx.store, row.id) : undefined;
  if (!row || !view || !body || !(await mayRead(ctx.store, caller, view)))
    throw new AppError("not_found", "no such letter");
  if (body.html === null) return { html: null, quoted: body.quoted, remote: 0 };
  const kept = await keptPictures(ctx, row);
  const elsewhere = picturesIn(body.html).filter((s) => /^https?:/i.test(s));
  const fetched = o.images ? await fetchAll(ctx, elsewhere.slice(0, MOST_REMOTE)) : new Map<string, string>();
  const html = withPictures(body.html, (source) =>
    source.startsWith("data:") ? source : (kept.get(source) ?? fetched.get(source) ?? null),
  );
  return { html, quoted: "", remote: o.images ? 0 : elsewhere.length };
}

/** By their name in the text. Only what the message itself brought: its text may name any file. */
async function keptPictures(ctx: Ctx, row: MessageRow): Promise<Map<string, string>> {
  const ids = attachmentsOf(row).flatMap((a) => (a.kind === "image" && a.mediaId ? [a.mediaId] : []));
  const found = new Map<string, string>();
  for (const { hash, mime } of await mediaByIds(ctx.store, ids))
    if (DRAWN.test(mime)) found.set(`kept:${hash}`, asData(mime, await ctx.media.read(hash)));
  return found;
}

async function fetchAll(ctx: Ctx, sources: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await Promise.all(
    sources.map(async (source) => {
      try {
        const { hash, mime } = await ctx.fetchMedia(source.replaceAll("&amp;", "&"), REMOTE);
        if (DRAWN.test(mime)) found.set(source, asData(mime, await ctx.media.read(hash)));
      } catch (err) {
        ctx.log.debug({ err }, "a picture of a letter could not be fetched");
      }
    }),
  );
  return found;
}

const asData = (mime: string, bytes: Buffer): string => `data:${mime};base64,${bytes.toString("base64")}`;
