import { type Customer, fold } from "@tongdai/shared";

/** Custom attributes are called as people called them; these are known under several names. */
const names = {
  phone: ["phone", "dien thoai", "so dien thoai", "sdt", "tel"],
  email: ["email", "e-mail", "mail"],
  address: ["address", "dia chi"],
  birthday: ["birthday", "ngay sinh", "sinh nhat"],
  company: ["company", "cong ty"],
  gender: ["gender", "gioi tinh"],
  language: ["language", "ngon ngu"],
  tier: ["tier", "hang"],
} as const satisfies Record<string, readonly string[]>;

export type KnownAttribute = keyof typeof names;
export const knownAttributes = Object.keys(names).filter((name): name is KnownAttribute => name in names);

/** Which of the usual attributes a name means, in either language and with or without marks. */
export function knownAttribute(name: string): KnownAttribute | null {
  const folded = fold(name).trim();
  return knownAttributes.find((key) => names[key].some((alias) => alias === folded)) ?? null;
}

/** The value of a usual attribute, whatever somebody called it. */
export const attributeValue = (customer: Customer, known: KnownAttribute): string | undefined =>
  Object.entries(customer.attributes).find(([name]) => knownAttribute(name) === known)?.[1];
