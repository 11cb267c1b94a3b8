import type { CommandInput, CommandOutput } from "@tongdai/shared";
import { setCustomerQuery } from "../state/customers.ts";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";
import { goTo } from "./navigate.ts";

/** For lists and pickers; what is found is known to the state too. */
export async function searchCustomers(
  client: Client,
  input: CommandInput<"customer.search">,
): Promise<CommandOutput<"customer.search">> {
  const page = await client.request("customer.search", input);
  client.update((s) => page.customers.reduce((next, customer) => learn(next, { customer }, client.now()), s));
  return page;
}

export const askForCustomers = (client: Client, query: string): void =>
  client.update((s) => setCustomerQuery(s, query));

/** Whose number is this? The list of customers answers. */
export function findNumber(client: Client, number: string): void {
  askForCustomers(client, number);
  goTo(client, "customers");
}
