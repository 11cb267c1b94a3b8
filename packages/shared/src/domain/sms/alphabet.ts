/** The default alphabet, one septet each. Source: 3GPP TS 23.038, 6.2.1. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/** Written as escape and a letter: two septets that stay together. Source: 3GPP TS 23.038, 6.2.1.1. */
const EXTENDED = "\f^{}\\[~]|€";

const septetsByLetter = new Map<string, 1 | 2>([
  ...Array.from(BASIC).map((letter) => [letter, 1] as const),
  ...Array.from(EXTENDED).map((letter) => [letter, 2] as const),
]);

/** How many septets a letter takes; `null`: it has none, and makes the whole text UCS-2. */
export const septetsOf = (letter: string): 1 | 2 | null => septetsByLetter.get(letter) ?? null;

export type SmsAlphabet = "gsm7" | "ucs2";

export const alphabetOf = (text: string): SmsAlphabet =>
  Array.from(text).every((letter) => septetsByLetter.has(letter)) ? "gsm7" : "ucs2";

/** The letters, each once, that make a text UCS-2, in the order in which they come. */
export const costlyLetters = (text: string): string[] => [
  ...new Set(Array.from(text).filter((letter) => !septetsByLetter.has(letter))),
];
