import { type Contact, canonical, findContacts } from "./contacts.ts";

/** `0901 *** 567`, `l***@gmail.com`; the text around them stays. Masking twice changes nothing. */
export function maskText(text: string): string {
  // Most names have neither, and this runs with every message.
  if (!/[\d@]/.test(text)) return text;
  let masked = "";
  let from = 0;
  for (const contact of findContacts(text)) {
    masked += text.slice(from, contact.start) + maskContact(contact);
    from = contact.end;
  }
  return masked + text.slice(from);
}

function maskContact(contact: Contact): string {
  if (contact.kind === "email") {
    const [first = ""] = contact.text;
    return `${first}***${contact.text.slice(contact.text.lastIndexOf("@"))}`;
  }
  const digits = canonical(contact);
  // At least three digits stay hidden however short the number.
  return `${digits.slice(0, Math.min(4, digits.length - 6))} *** ${digits.slice(-3)}`;
}
