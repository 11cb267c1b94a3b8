import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import type { StoredMedia } from "./media-store.ts";

const HEAD_BYTES = 4_096;

/** Type by content. What has no signature is plain text when it reads as UTF-8, else bytes. */
export async function inspect(path: string): Promise<Pick<StoredMedia, "mime" | "kind">> {
  const mime =
    (await typeOf(path)) ?? ((await looksLikeText(path)) ? "text/plain" : "application/octet-stream");
  return { mime, kind: kindOf(mime) };
}

/** A damaged file may break the parser of what it pretends to be. */
async function typeOf(path: string): Promise<string | undefined> {
  try {
    return (await fileTypeFromFile(path))?.mime;
  } catch {
    return undefined;
  }
}

function kindOf(mime: string): StoredMedia["kind"] {
  const family = mime.split("/")[0];
  return family === "image" || family === "video" || family === "audio" ? family : "file";
}

async function looksLikeText(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    // `stream` forgives a letter that the end of the head cuts in two.
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return !head.includes(0);
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
