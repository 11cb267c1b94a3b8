import { alphabetOf, type SmsAlphabet, septetsOf } from "./alphabet.ts";

export interface SmsCount {
  readonly alphabet: SmsAlphabet;
  /** Septets, or UTF-16 code units. */
  readonly units: number;
  readonly segments: number;
  /** Units that the last segment still has room for. */
  readonly left: number;
}

/** Units of a text that is one segment, and of each part of a longer one, which begins with a header of six octets. */
const ROOM = { gsm7: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } } as const;

/**
 * What a text costs. Neither an escaped letter nor a surrogate pair is split between parts, so a part may stay short by one
 * and a text need more parts than its length says. Source: 3GPP TS 23.038; TS 23.040, 9.2.3.24.1.
 */
export function countSms(text: string): SmsCount {
  const alphabet = alphabetOf(text);
  const parts = partsOf(text, alphabet);
  const room = parts.length > 1 ? ROOM[alphabet].part : ROOM[alphabet].single;
  const lengths = parts.map((part) => unitsOf(part, alphabet));
  return {
    alphabet,
    units: lengths.reduce((sum, n) => sum + n, 0),
    segments: parts.length,
    left: room - (lengths.at(-1) ?? 0),
  };
}

/** The text in the parts that travel, at least one. */
export const splitSms = (text: string): string[] => partsOf(text, alphabetOf(text));

function partsOf(text: string, alphabet: SmsAlphabet): string[] {
  if (unitsOf(text, alphabet) <= ROOM[alphabet].single) return [text];
  const room = ROOM[alphabet].part;
  const parts: string[] = [];
  let part = "";
  let used = 0;
  for (const letter of text) {
    const units = unitsOf(letter, alphabet);
    if (used + units > room) {
      parts.push(part);
      part = "";
      used = 0;
    }
    part += letter;
    used += units;
  }
  return [...parts, part];
}

const unitsOf = (text: string, alphabet: SmsAlphabet): number =>
  alphabet === "ucs2"
    ? text.length
    : Array.from(text).reduce((sum, letter) => sum + (septetsOf(letter) ?? 0), 0);
