import type { Readable } from "node:stream";
import type { Files } from "../channel.ts";
import { MAX_BYTES } from "./capabilities.ts";
import type { Mime, Part } from "./mime.ts";
import { readTnef, type Tnef, type TnefFile } from "./tnef.ts";

/**
 * A letter of Outlook's own form with what its winmail.dat holds: files in the place of it, and words where it has no others;
 * those that are in RTF only as a file.
 * A damaged one stays beside what could be taken out of it.
 */
export async function openWinmail(mime: Mime, files: Files): Promise<Mime> {
  let { text, html } = mime;
  const parts: Part[] = [];
  for (const part of mime.parts) {
    const tnef = part.mime === "application/ms-tnef" ? await tnefOf(part, files) : null;
    if (!tnef?.isWhole) parts.push(part);
    if (!tnef) continue;
    const isMute = [text, html, tnef.text, tnef.html].every((words) => words.trim() === "");
    for (const { bytes, ...inside } of [...(isMute ? wordsAsFile(tnef) : []), ...tnef.files]) {
      const file = await files.put(bytes, { maxBytes: MAX_BYTES });
      const type = inside.mime ?? "application/octet-stream";
      parts.push({ ...inside, mime: type, isInline: false, file, text: "" });
    }
    if (text.trim() === "" && html === "") ({ text, html } = tnef);
  }
  return { ...mime, text, html, parts };
}

/** Words that are in RTF only: nobody here reads it, and every word processor does. */
const wordsAsFile = ({ rtf }: Tnef): TnefFile[] =>
  rtf ? [{ name: "letter.rtf", mime: "application/rtf", cid: null, bytes: rtf }] : [];

async function tnefOf(part: Part, files: Files) {
  if (!part.file || part.file.size > MAX_BYTES) return null;
  const chunks: Buffer[] = [];
  const stream: Readable = await files.stream(part.file.hash);
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return readTnef(Buffer.concat(chunks));
}
