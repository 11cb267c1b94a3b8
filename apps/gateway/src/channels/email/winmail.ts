import type { Readable } from "node:stream";
import type { Files } from "../channel.ts";
import { MAX_BYTES } from "./capabilities.ts";
import type { Mime, Part } from "./mime.ts";
import { readTnef } from "./tnef.ts";

/**
 * A letter of Outlook's own form with what its winmail.dat holds: files in the place of it, and words where it has no others.
 * A damaged one stays beside what could be taken out of it.
 */
export async function openWinmail(mime: Mime, files: Files): Promise<Mime> {
  let { text, html } = mime;
  const parts: Part[] = [];
  for (const part of mime.parts) {
    const tnef = part.mime === "application/ms-tnef" ? await tnefOf(part, files) : null;
    if (!tnef?.isWhole) parts.push(part);
    if (!tnef) continue;
    for (const { bytes, ...inside } of tnef.files) {
      const file = await files.put(bytes, { maxBytes: MAX_BYTES });
      const type = inside.mime ?? "application/octet-stream";
      parts.push({ ...inside, mime: type, isInline: false, file, text: "" });
    }
    if (text.trim() === "" && html === "") ({ text, html } = tnef);
  }
  return { ...mime, text, html, parts };
}

async function tnefOf(part: Part, files: Files) {
  if (!part.file || part.file.size > MAX_BYTES) return null;
  const chunks: Buffer[] = [];
  const stream: Readable = await files.stream(part.file.hash);
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return readTnef(Buffer.concat(chunks));
}
