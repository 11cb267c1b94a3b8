import { Attachment } from "@tongdai/shared";
import { z } from "zod";
import type { InboundAttachment, KeptFile } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { insertMedia, shareMedia } from "../../store/media.ts";
import type { MediaRow } from "../../store/schema.ts";
import { owe } from "./outbox.ts";

const Attachments = z.array(Attachment);

export const attachmentsOf = (row: { attachments: string }): Attachment[] =>
  fromJson(Attachments, row.attachments);

/** Attachments that came in: with our copy where it is on disk already, else as placeholders until it is. */
export async function fromInbound(
  tx: Tx,
  ctx: Ctx,
  o: { inbound: readonly InboundAttachment[]; conversationId: string },
): Promise<Attachment[]> {
  const list: Attachment[] = [];
  for (const a of o.inbound)
    list.push(a.file ? await held(tx, ctx, a, a.file, o.conversationId) : placeholder(a));
  return list;
}

const placeholder = (a: InboundAttachment): Attachment => ({
  id: newId(),
  kind: a.kind,
  name: a.name.slice(0, 255),
  mime: "",
  size: null,
  mediaId: null,
  thumbnail: false,
  width: null,
  height: null,
  state: a.fetchUrl ? "pending" : "none",
  failure: null,
  title: a.title,
  url: a.url,
});

async function held(
  tx: Tx,
  ctx: Ctx,
  a: InboundAttachment,
  file: KeptFile,
  conversationId: string,
): Promise<Attachment> {
  const row = {
    ...file,
    id: newId(),
    name: a.name.slice(0, 255),
    thumbnail: file.thumbnail ? 1 : 0,
    uploaded_by: null,
    conversation_id: conversationId,
    created_at: ctx.clock.now(),
  };
  await insertMedia(tx, row);
  return { ...fromMedia(row, a.kind), title: a.title, ...(a.isInline && { inline: true as const }) };
}

/** Owes the copying of what a message holds: vendors' addresses expire. */
export async function oweFetches(
  tx: Tx,
  ctx: Ctx,
  o: {
    accountId: string;
    messageId: string;
    inbound: readonly InboundAttachment[];
    attachments: readonly Attachment[];
  },
): Promise<void> {
  for (const [i, from] of o.inbound.entries()) {
    const attachment = o.attachments[i];
    if (!from.fetchUrl || !attachment) continue;
    await owe(tx, ctx, {
      kind: "fetch_media",
      accountId: o.accountId,
      lane: null,
      payload: { messageId: o.messageId, attachmentId: attachment.id, url: from.fetchUrl },
    });
  }
}

/**
 * The file for whoever may see the conversation. One that was sent elsewhere stays with its readers there, and is another
 * file of the same content here.
 */
export async function fileFor(tx: Tx, media: MediaRow, conversationId: string): Promise<MediaRow> {
  if (media.conversation_id === conversationId) return media;
  const row = { ...media, conversation_id: conversationId };
  if (media.conversation_id === null) {
    await shareMedia(tx, [media.id], conversationId);
    return row;
  }
  const copy = { ...row, id: newId() };
  await insertMedia(tx, copy);
  return copy;
}

/** A file that we hold, as an attachment of a message. */
export const fromMedia = (m: MediaRow, kind: Attachment["kind"]): Attachment => ({
  id: newId(),
  kind,
  name: m.name,
  mime: m.mime,
  size: m.size,
  mediaId: m.id,
  thumbnail: m.thumbnail === 1,
  width: m.width,
  height: m.height,
  state: "ready",
  failure: null,
  title: null,
  url: null,
});
