import type { CommandInput, CommandOutput } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** For lists and pickers; what is found is known to the state too. */
export async function searchCustomers(
  client: Client,
  input: CommandInput<"customer.search">,
): Promise<CommandOutput<"customer.search">> {
  const page = await client.request("customer.search", input);
  client.update((s) => page.customers.reduce((next, customer) => learn(next, { customer }, client.now()), s));
  return page;
}
