import files from "../../../demo-files.json" with { type: "json" };
import type { KeptFile } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { insertBody } from "../../store/message-bodies.ts";
import type { MessageRow } from "../../store/schema.ts";
import { fromInbound } from "../conversations/index.ts";

/** What the demo's letters hold, as base64. */
export type FileName = keyof typeof files;

const MAX_BYTES = 1_000_000;

/** Puts what the lines of a story hold on disk, before the transaction that tells of it. */
export async function keepFiles(
  ctx: Ctx,
  lines: readonly (readonly [string, string, string?])[],
): Promise<ReadonlyMap<string, KeptFile>> {
  const kept = new Map<string, KeptFile>();
  for (const [, , name] of lines)
    if (isFileName(name))
      kept.set(name, await ctx.media.put(Buffer.from(files[name], "base64"), { maxBytes: MAX_BYTES }));
  return kept;
}

const isFileName = (name = ""): name is FileName => Object.hasOwn(files, name);

/** A letter's file: a picture stands within its text, anything else is attached. */
export async function attachmentsFor(
  tx: Tx,
  ctx: Ctx,
  o: { readonly name: string; readonly file: KeptFile; readonly conversationId: string },
): Promise<string> {
  const { name, file, conversationId } = o;
  const attachment = {
    kind: file.kind,
    fetchUrl: null,
    file,
    isInline: file.kind === "image",
    name,
    title: null,
    url: null,
  };
  return JSON.stringify(await fromInbound(tx, ctx, { inbound: [attachment], conversationId }));
}

/** The formatted text with the picture in it. */
export async function insertPictured(tx: Tx, { id, text }: MessageRow, { hash }: KeptFile): Promise<void> {
  const [first = "", ...others] = text
    .split("\n\n")
    .map((words) => `<p>${words.replaceAll("\n", "<br>")}</p>`);
  const closing = others.pop() ?? "";
  const html = [first, ...others, `<p><img src="kept:${hash}" alt=""></p>`, closing].join("");
  await insertBody(tx, { message_id: id, html, quoted: "" });
}
