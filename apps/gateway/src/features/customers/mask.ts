import type { Customer } from "@tongdai/shared";
import { type Contact, canonical, findContacts } from "./contacts.ts";

/** `0901 *** 567`, `l***@gmail.com`; the text around them stays. Masking twice changes nothing. */
export function maskText(text: string): string {
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

/** A customer as one sees it who may not see phone numbers and e-mail addresses. */
export const maskCustomer = (customer: Customer): Customer => ({
  ...customer,
  name: maskText(customer.name),
  attributes: Object.fromEntries(
    Object.entries(customer.attributes).map(([name, value]) => [name, maskText(value)]),
  ),
  tags: customer.tags.map(maskText),
  identities: customer.identities.map((i) => ({
    ...i,
    externalId: maskText(i.externalId),
    displayName: maskText(i.displayName),
  })),
});

/** Whether masking hides anything: only then is a look at the customer worth a note in the audit. */
export const hidesAnything = (customer: Customer): boolean =>
  JSON.stringify(maskCustomer(customer)) !== JSON.stringify(customer);
