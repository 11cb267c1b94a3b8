const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Separators and reserved marks; control and format characters, which make `exe.pdf` out of `fdp.exe`. */
const UNSAFE = /[\p{Cc}\p{Cf}/\\:*?"<>|]/gu;

/** A customer chose this name: it is a suggestion in a save dialog, never a path. */
export function safeFileName(name: string): string {
  const clean = name.replace(UNSAFE, "_").replace(/^[.\s]+|[.\s]+$/g, "");
  const short = clean.length <= 120 ? clean : `${clean.slice(0, 100)}${clean.slice(-20)}`;
  if (short === "") return "download";
  return RESERVED.test(short) ? `_${short}` : short;
}
