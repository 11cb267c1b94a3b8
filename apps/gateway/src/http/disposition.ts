import type { MediaRow } from "../store/schema.ts";

/** Pictures, sound and film are shown where they stand; everything else is saved, under its own name (RFC 6266, RFC 5987). */
export function disposition({ kind, name }: Pick<MediaRow, "kind" | "name">): string {
  const shown = kind === "image" || kind === "audio" || kind === "video";
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const full = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, percent);
  return `${shown ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${full}`;
}

const percent = (c: string): string => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
