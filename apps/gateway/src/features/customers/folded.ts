import { createHash } from "node:crypto";
import { type Contact, current, findContacts, fold, foldedWords } from "@tongdai/shared";

/**
 * The words under which a text is found. A phone number or an e-mail address is one opaque word, made from the whole of
 * it: typing its beginning finds nothing, so that nobody can read a masked number by guessing digit after digit.
 */
export function searchWords(text: string): string[] {
  const words: string[] = [];
  let from = 0;
  for (const contact of findContacts(text)) {
    words.push(...foldedWords(text.slice(from, contact.start)), contactWord(contact));
    from = contact.end;
  }
  return [...words, ...foldedWords(text.slice(from))];
}

export const contactWord = (contact: Contact): string =>
  `h${createHash("sha256")
    .update(fold(current(contact)))
    .digest("hex")
    .slice(0, 24)}`;

export interface Findable {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

/** What `customer.folded` holds. */
export const customerWords = (c: Findable): string =>
  [c.name, ...Object.values(c.attributes), ...c.tags].flatMap(searchWords).join(" ");
