import { readPhoneNumber } from "@tongdai/shared";
import { neutralise } from "./safe-text.ts";

/** Countries with one- and two-digit codes; every other code has three digits. Enough to group, not to validate. */
const oneDigit = new Set(["1", "7"]);
const twoDigit = new Set(
  "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split(
    " ",
  ),
);

const chunk = (text: string, sizes: readonly number[]) => {
  const parts: string[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= text.length) break;
    parts.push(text.slice(at, at + size));
    at += size;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts.join(" ");
};

/** A Vietnamese number without its leading zero. */
function vietnamese(national: string): string {
  if (/^1[89]00\d{4}$/.test(national)) return chunk(national, [4, 4]);
  if (/^1[89]00\d{6}$/.test(national)) return chunk(national, [4, 3, 3]);
  if (/^[35789]\d{8}$/.test(national)) return `0${chunk(national, [3, 3, 3])}`;
  if (/^2[48]\d{8}$/.test(national)) return `0${chunk(national, [2, 4, 4])}`;
  if (/^2\d{9}$/.test(national)) return `0${chunk(national, [3, 4, 3])}`;
  return `0${national}`;
}

function foreign(digits: string): string {
  const code = oneDigit.has(digits.charAt(0))
    ? digits.slice(0, 1)
    : twoDigit.has(digits.slice(0, 2))
      ? digits.slice(0, 2)
      : digits.slice(0, 3);
  const rest = digits.slice(code.length);
  const sizes = rest.length === 8 ? [4, 4] : rest.length <= 4 ? [rest.length] : [3, 3];
  return `+${code} ${chunk(rest, sizes)}`;
}

/**
 * E.164 to what people read aloud: "+84901234567" to "0901 234 567". Anything else (masked, short, a SIP
 * address) is shown as it came.
 */
export function formatPhone(e164: string): string {
  const match = /^\+(\d{6,15})$/.exec(e164);
  const digits = match?.[1];
  if (!digits) return /^0\d{9,10}$/.test(e164) ? vietnamese(e164.slice(1)) : e164;
  return digits.startsWith("84") ? vietnamese(digits.slice(2)) : foreign(digits);
}

/** A number as a customer or a vendor wrote it ("84905117882", "0905.117.882"), as people read it; other words as they came. */
export const readablePhone = (written: string): string =>
  formatPhone(readPhoneNumber(written)?.e164 ?? written);

/** A name; of whoever has none but their number, the number as people read it. */
export const shownName = (name: string): string => formatPhone(neutralise(name));
