import { fold } from "../fold.ts";

/**
 * Words that mean "write to me no more" when they are the whole message: those of the carriers, and the Vietnamese ones.
 * Sources: Twilio, "Opt-out keywords"; Decree 91/2020/NĐ-CP (TC, "từ chối").
 */
const STOP = new Set([
  "stop",
  "stopall",
  "unsubscribe",
  "end",
  "quit",
  "cancel",
  "revoke",
  "optout",
  "tc",
  "tu choi",
  "huy",
]);

/** Takes it back. */
const START = new Set(["start", "unstop", "dang ky lai", "dk"]);

/** What a whole incoming text asks for, whatever its case, accents, spaces and full stop; `null`: it is a message. */
export function optOutWord(text: string): "stop" | "start" | null {
  const word = fold(text)
    .replaceAll(/[\s.!]+/g, " ")
    .trim();
  return STOP.has(word) ? "stop" : START.has(word) ? "start" : null;
}
