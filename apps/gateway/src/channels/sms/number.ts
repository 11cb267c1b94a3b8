import { readPhoneNumber } from "@tongdai/shared";

/** A customer's address on this channel: E.164 where it can be read, else as the provider writes it (a short code). */
export const addressOf = (number: string): string => {
  const text = number.trim();
  return readPhoneNumber(text)?.e164 ?? readPhoneNumber(`+${text}`)?.e164 ?? text;
};

/** As most providers want it: digits, the country first. */
export const digitsOf = (e164: string): string => e164.replace(/^\+/, "");

/** Why a text cannot go there; `null`: it can. */
export function unreachable(address: string): string | null {
  const number = readPhoneNumber(address);
  if (!number) return "not a telephone number";
  if (number.kind === "fixed") return "a fixed line takes no text messages";
  return number.kind === "service" ? "a service number takes no text messages" : null;
}
