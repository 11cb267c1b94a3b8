import type { CommandInput, Customer } from "@tongdai/shared";
import { same } from "./same.ts";

/** One thing that a person does to a customer. Small, so that two people who do different things do not collide. */
export type CustomerChange =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "owner"; readonly ownerId: string | null }
  | { readonly kind: "tag"; readonly tag: string; readonly on: boolean }
  | { readonly kind: "attribute"; readonly name: string; readonly value: string | null };

export function applyCustomerChange(customer: Customer, change: CustomerChange): Customer {
  switch (change.kind) {
    case "name":
      return { ...customer, name: change.name };
    case "owner":
      return { ...customer, ownerId: change.ownerId };
    case "tag":
      return { ...customer, tags: withTag(customer.tags, change.tag, change.on) };
    case "attribute": {
      const { [change.name]: _, ...rest } = customer.attributes;
      const attributes =
        change.value === null ? rest : { ...customer.attributes, [change.name]: change.value };
      return { ...customer, attributes };
    }
  }
}

export function customerInput(customer: Customer, change: CustomerChange): CommandInput<"customer.update"> {
  const { id: customerId, version } = customer;
  switch (change.kind) {
    case "name":
      return { customerId, version, name: change.name };
    case "owner":
      return { customerId, version, ownerId: change.ownerId };
    case "tag":
      return { customerId, version, tags: withTag(customer.tags, change.tag, change.on) };
    case "attribute":
      return { customerId, version, attributes: { [change.name]: change.value } };
  }
}

/** Whether somebody else changed the very thing: then the person has to look before theirs is overwritten. */
export function collides(change: CustomerChange, base: Customer, fresh: Customer): boolean {
  switch (change.kind) {
    case "name":
      return base.name !== fresh.name;
    case "owner":
      return base.ownerId !== fresh.ownerId;
    case "tag":
      return false;
    case "attribute":
      return !same(base.attributes[change.name], fresh.attributes[change.name]);
  }
}

function withTag(tags: readonly string[], tag: string, on: boolean): string[] {
  if (!on) return tags.filter((known) => known !== tag);
  return tags.includes(tag) ? [...tags] : [...tags, tag];
}
