const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Separators, control characters, and the marks that make `exe.pdf` out of `fdp.exe`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]/g;

/** A customer chose this name: it is a suggestion in a save dialog, never a path. */
export function safeFileName(name: string): string {
  const clean = name.replace(UNSAFE, "_").replace(/^[.\s]+|[.\s]+$/g, "");
  const short = clean.length <= 120 ? clean : `${clean.slice(0, 100)}${clean.slice(-20)}`;
  if (short === "") return "download";
  return RESERVED.test(short) ? `_${short}` : short;
}
