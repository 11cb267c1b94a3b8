import { AppError, type Customer, type Suggestion } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import { selectCustomer } from "../state/selectors.ts";
import type { Client } from "./client.ts";
import { loadCustomer } from "./load-customer.ts";

const known = async (client: Client, customerId: string): Promise<Customer> => {
  if (!selectCustomer(client.store.getState(), customerId)) await loadCustomer(client, customerId);
  const customer = selectCustomer(client.store.getState(), customerId);
  if (!customer) throw new AppError("not_found", "no such customer here");
  return customer;
};

/** What was linked, so that it can be taken apart again. */
export interface Linked {
  readonly customer: Customer;
  /** What was not on the card that was looked at. */
  readonly identityIds: readonly string[];
}

/** Two customers are one person. Rejects with `conflict` when somebody changed either meanwhile. */
export async function linkCustomers(client: Client, customerId: string, otherId: string): Promise<Linked> {
  const [one, other] = [await known(client, customerId), await known(client, otherId)];
  const { customer } = await client.request("customer.link", {
    customerId,
    version: one.version,
    otherId,
    otherVersion: other.version,
  });
  client.update((s) => learn(s, { customer }, client.now()));
  return { customer, identityIds: other.identities.map((i) => i.id) };
}

export interface Unlinked {
  readonly customer: Customer;
  readonly taken: Customer;
}

/** Takes identities out of a customer as that customer is now. */
export async function unlinkIdentities(
  client: Client,
  customerId: string,
  identityIds: readonly string[],
): Promise<Unlinked> {
  const { version } = await known(client, customerId);
  const answer = await client.request("customer.unlink", {
    customerId,
    version,
    identityIds: [...identityIds],
  });
  client.update((s) =>
    [answer.customer, answer.taken].reduce((next, customer) => learn(next, { customer }, client.now()), s),
  );
  return answer;
}

export const loadSuggestions =
  (customerId: string) =>
  async (client: Client): Promise<readonly Suggestion[]> =>
    (await client.request("customer.suggestions", { customerId })).suggestions;

/** They are not the same person; or nobody says so any more. */
export const tellApart = (client: Client, o: { customerId: string; otherId: string; apart: boolean }) =>
  client.request("customer.tell_apart", o);
