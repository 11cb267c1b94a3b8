import { fold } from "../fold.ts";

/**
 * Words that mean "write to me no more" when they are the whole message. Nobody switches off the first two: the networks and
 * the law know them. Alone, "HUY" is more often the answer to whether an order shall be cancelled, so it is none of them.
 * Sources: Twilio, "Opt-out keywords"; Decree 91/2020/NĐ-CP (TC, "từ chối").
 */
const ALWAYS = ["STOP", "TC"];
export const stopWords: readonly string[] = [
  ...ALWAYS,
  "TU CHOI",
  "UNSUBSCRIBE",
  "END",
  "QUIT",
  "STOPALL",
  "CANCEL",
  "REVOKE",
  "OPTOUT",
];

/** Take it back. */
export const startWords: readonly string[] = ["START", "UNSTOP", "DK", "DANG KY LAI"];

export interface OptOutWords {
  readonly stop: readonly string[];
  readonly start: readonly string[];
}

/** What a whole incoming text asks for, whatever its case, accents, spaces and signs about it; `null`: it is a message. */
export function optOutWord(
  text: string,
  { stop, start }: OptOutWords = { stop: stopWords, start: startWords },
): "stop" | "start" | null {
  const word = bare(text);
  if (word === "") return null;
  const isOne = (words: readonly string[]): boolean => words.some((one) => bare(one) === word);
  if (isOne(ALWAYS) || isOne(stop)) return "stop";
  return isOne(start) ? "start" : null;
}

/** Also what is not seen (zero-width signs) or written wide makes no other word of it. */
const bare = (text: string): string =>
  fold(text.normalize("NFKC").replaceAll(/\p{Cf}/gu, ""))
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
