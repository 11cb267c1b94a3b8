/** Codes seen in the vendor's samples; the full list is not published in text, so others are shown as they come. */
const emojiByCode: Readonly<Record<string, string>> = {
  "/-strong": "👍",
  "/-heart": "❤️",
  ":>": "😆",
  ":o": "😮",
  ":-((": "😢",
  ":-h": "😠",
};

/** What takes a reaction back. */
const REMOVED = new Set(["", "/-remove"]);

/** The only code that the documentation of sending names. */
export const sendable = ["👍"] as const;

export const emojiOf = (code: string): string | null =>
  REMOVED.has(code) ? null : (emojiByCode[code] ?? code);

/** `null` for an emoji that the vendor is not known to take. */
export const codeOf = (emoji: string): string | null => (emoji === "👍" ? "/-strong" : null);
