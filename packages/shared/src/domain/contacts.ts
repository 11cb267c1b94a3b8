import { readPhoneNumber } from "./phone-number.ts";

/** A phone number or an e-mail address inside a text. */
export interface Contact {
  readonly kind: "phone" | "email";
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Bounded, so that a long text without spaces takes no long time. */
const email = /[^\s@<>"'(),;:[\]]{1,256}@[^\s@<>"'(),;:[\]]{1,253}\.[\p{L}\p{N}-]{2,63}/gu;

/** In running text a phone number starts as one is written: +, 00, 0 or the country's 84; else any amount would do. */
const phone = /(?<![\p{L}\p{N}@])(?:\+ ?|0|84)\(?\d?(?:[ .()-]{0,2}\d){7,14}(?![\p{L}\p{N}@])/gu;

/** A text that is nothing but digits: an address of a phone or messaging channel. */
const bare = /^\+?\(?\d(?:[ .()-]{0,2}\d){7,14}$/;
const notAPhone = [
  /^[1-9]\d{0,2}(?:\.\d{3})+$/, // 1.500.000.000
  /^\d{4}-\d\d-\d\d/, // a date
  /^\d{1,2}[-.]\d{1,2}[-.]\d{4}(?: |$)/,
];

const digitsOf = (s: string): string => s.replaceAll(/\D/g, "");

/** The phone numbers and e-mail addresses of a text, in order, not overlapping. */
export function findContacts(text: string): Contact[] {
  const whole = text.trim();
  if (bare.test(whole) && digitsOf(whole).length >= 9 && !isNotAPhone(whole)) {
    const start = text.indexOf(whole);
    return [{ kind: "phone", start, end: start + whole.length, text: whole }];
  }
  const emails = matches(text, email, "email");
  const phones = matches(text, phone, "phone").filter(
    (p) =>
      digitsOf(p.text).length >= 9 &&
      !isNotAPhone(p.text) &&
      !emails.some((e) => p.start < e.end && e.start < p.end),
  );
  return [...emails, ...phones].sort((a, b) => a.start - b.start);
}

const isNotAPhone = (s: string): boolean => notAPhone.some((r) => r.test(s));

const matches = (text: string, pattern: RegExp, kind: Contact["kind"]): Contact[] =>
  [...text.matchAll(pattern)].map((m) => ({ kind, start: m.index, end: m.index + m[0].length, text: m[0] }));

/** The same for every way of writing one address: 0901234567, +84 901 234 567; Lan@Gmail.com, lan@gmail.com. */
export function canonical({ kind, text }: Pick<Contact, "kind" | "text">): string {
  if (kind === "email") return text.toLowerCase();
  const digits = digitsOf(text).replace(/^00/, "");
  return /^84\d{9,10}$/.test(digits) ? `0${digits.slice(2)}` : digits;
}

/** As `canonical`, and the same for a number of before 2018 and the one that it became: 01621234567, 0321234567. */
export function current(contact: Pick<Contact, "kind" | "text">): string {
  const e164 = contact.kind === "phone" ? readPhoneNumber(contact.text)?.e164 : undefined;
  const national = /^\+84(\d{9,10})$/.exec(e164 ?? "")?.[1];
  return national === undefined ? canonical(contact) : `0${national}`;
}

/** The ways in which channels write the address that a person typed. */
export function spellings(contact: Contact): string[] {
  const one = current(contact);
  if (contact.kind === "email") return [one, contact.text];
  if (!one.startsWith("0")) return [one, `+${one}`];
  return [one, `84${one.slice(1)}`, `+84${one.slice(1)}`];
}
