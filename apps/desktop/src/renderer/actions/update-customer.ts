import type { CommandInput, Customer } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** Refused with `conflict` when somebody changed the customer meanwhile. */
export async function updateCustomer(
  client: Client,
  input: CommandInput<"customer.update">,
): Promise<Customer> {
  const answer = await client.request("customer.update", input);
  client.update((s) => learn(s, answer, client.now()));
  return answer.customer;
}
