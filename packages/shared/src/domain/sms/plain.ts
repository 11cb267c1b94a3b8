/** What word processors and telephones put in the place of the plain sign, and what costs a whole alphabet unseen. */
const PLAIN: Readonly<Record<string, string>> = {
  đ: "d",
  Đ: "D",
  "‘": "'",
  "’": "'",
  "‚": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "‑": "-",
  "…": "...",
  "•": "-",
  "×": "x",
  "₫": "d",
  "\u00a0": " ",
  "\u2007": " ",
  "\u2009": " ",
  "\u202f": " ",
  "\u200b": "",
  "\ufeff": "",
  "\t": " ",
};

/**
 * A text without diacritics and typographic signs, so that it fits the cheap alphabet: "Đơn hàng" -> "Don hang". Those few
 * that this alphabet has (é, à) go too: half a word with its marks reads as a mistake. Signs without a plain form (an emoji)
 * stay.
 */
export const plainSms = (text: string): string => Array.from(text.normalize("NFC"), plain).join("");

function plain(letter: string): string {
  const known = PLAIN[letter];
  if (known !== undefined) return known;
  const base = letter.normalize("NFD").replaceAll(/\p{M}/gu, "");
  return base === "" ? letter : base;
}
