import { type Customer, maskText } from "@tongdai/shared";

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
