/**
 * Eleven-digit mobile numbers of Vietnam became ten-digit ones in 2018: the prefix was replaced, the last seven digits stayed.
 * Source: Ministry of Information and Communications, plan of mobile subscriber numbers, September to November 2018.
 */
const NEW_PREFIX: Readonly<Record<string, string>> = {
  "162": "32",
  "163": "33",
  "164": "34",
  "165": "35",
  "166": "36",
  "167": "37",
  "168": "38",
  "169": "39",
  "120": "70",
  "121": "79",
  "122": "77",
  "126": "76",
  "128": "78",
  "123": "83",
  "124": "84",
  "125": "85",
  "127": "81",
  "129": "82",
  "186": "56",
  "188": "58",
  "199": "59",
};

export type Carrier = "viettel" | "vinaphone" | "mobifone" | "vietnamobile" | "gmobile" | "itel" | "wintel";

const CARRIER_BY_PREFIX: Readonly<Record<string, Carrier>> = Object.fromEntries(
  (
    [
      ["viettel", "32 33 34 35 36 37 38 39 86 96 97 98"],
      ["vinaphone", "81 82 83 84 85 88 91 94"],
      ["mobifone", "70 76 77 78 79 89 90 93"],
      ["vietnamobile", "52 56 58 92"],
      ["gmobile", "59 99"],
      ["itel", "87"],
      ["wintel", "55"],
    ] as const
  ).flatMap(([carrier, prefixes]) => prefixes.split(" ").map((prefix) => [prefix, carrier] as const)),
);

export type PhoneKind =
  /** Takes calls and texts. */
  | "mobile"
  | "fixed"
  /** 1900 and 1800: called within the country, never texted. */
  | "service"
  /** Of another country: its kind is not known here. */
  | "foreign";

export interface PhoneNumber {
  /** `+` and digits; a service number, which has no such form, as it is called. Source: ITU-T E.164. */
  readonly e164: string;
  readonly kind: PhoneKind;
  /** By its prefix, a hint only: numbers may be carried to another network since 2018. `null`: not a mobile number here. */
  readonly carrier: Carrier | null;
  /** It was written in its form of before 2018. */
  readonly converted: boolean;
}

/**
 * Reads a number as people in Vietnam write it: 0901 234 567, +84 (0) 90 123 4567, 0084…, 84…, the eleven digits of before
 * 2018, full-width digits; numbers of other countries need their + or 00. Stored numbers of before 2017 that begin with 03 may
 * be fixed lines of then: give them here with their date looked at.
 * @returns `null` for what is no telephone number
 */
export function readPhoneNumber(text: string): PhoneNumber | null {
  const spelled = asciiDigits(text).trim();
  if (!/^\+?[\d\s().\u00a0/-]+$/.test(spelled)) return null;
  const digits = spelled.replaceAll(/\D/g, "");
  const international = spelled.startsWith("+") ? digits : digits.startsWith("00") ? digits.slice(2) : null;
  if (international !== null)
    return international.startsWith("84")
      ? vietnamese(withoutTrunk(international.slice(2)))
      : foreign(international);
  if (/^1[89]00\d{4,6}$/.test(digits))
    return { e164: digits, kind: "service", carrier: null, converted: false };
  if (digits.startsWith("0")) return vietnamese(digits.slice(1));
  return digits.startsWith("84") ? vietnamese(withoutTrunk(digits.slice(2))) : null;
}

/** `+84 (0) 90…`: the zero that is called only within the country. */
const withoutTrunk = (national: string): string => national.replace(/^0/, "");

/** @param national without country code and leading zero */
function vietnamese(national: string): PhoneNumber | null {
  const renewed = national.length === 10 ? NEW_PREFIX[national.slice(0, 3)] : undefined;
  const now = renewed === undefined ? national : renewed + national.slice(3);
  const kind = kindOf(now);
  if (!kind) return null;
  const carrier = kind === "mobile" ? (CARRIER_BY_PREFIX[now.slice(0, 2)] ?? null) : null;
  return { e164: `+84${now}`, kind, carrier, converted: renewed !== undefined };
}

/** Prefixes are given out by and by, so an unknown one that has a mobile number's shape is one. */
function kindOf(national: string): PhoneKind | null {
  if (/^[35789]\d{8}$/.test(national)) return "mobile";
  return /^2\d{9}$/.test(national) ? "fixed" : null;
}

const foreign = (digits: string): PhoneNumber | null =>
  /^[1-9]\d{6,14}$/.test(digits)
    ? { e164: `+${digits}`, kind: "foreign", carrier: null, converted: false }
    : null;

const FULL_WIDTH_ZERO = 0xff10;

const asciiDigits = (text: string): string =>
  text
    .replaceAll(/[０-９]/g, (digit) => String((digit.codePointAt(0) ?? FULL_WIDTH_ZERO) - FULL_WIDTH_ZERO))
    .replaceAll("＋", "+");
