import { cleanText } from "@tongdai/shared";

const ENDINGS: Readonly<Record<string, string>> = {
  "message/rfc822": "eml",
  "text/calendar": "ics",
  "text/plain": "txt",
  "text/html": "html",
  "image/jpeg": "jpg",
  "audio/mpeg": "mp3",
  "application/octet-stream": "bin",
};
const MOST_BYTES = 200;

/** A name under which a file may be kept and shown: no path, no control or direction characters, never empty. */
export function fileName(given: string | null, mime: string, index: number): string {
  const plain = cleanText(given ?? "")
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/^.*[\\/]/, "")
    .trim();
  if (plain !== "" && !/^\.+$/.test(plain)) return shortened(plain);
  const ending = ENDINGS[mime] ?? /^[\w-]+\/([\w]{1,10})$/.exec(mime)?.[1] ?? "bin";
  return `file-${index + 1}.${ending}`;
}

/** The ending says what it is, so it stays. */
function shortened(name: string): string {
  const ending = /\.[\w]{1,10}$/.exec(name)?.[0] ?? "";
  let stem = name.slice(0, name.length - ending.length);
  while (Buffer.byteLength(stem) + ending.length > MOST_BYTES) stem = stem.slice(0, -1);
  return stem.toWellFormed() + ending;
}
