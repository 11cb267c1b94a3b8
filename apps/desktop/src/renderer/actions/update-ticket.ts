import type { CommandInput, Ticket } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** Refused with `conflict` when somebody changed the ticket meanwhile. */
export async function updateTicket(client: Client, input: CommandInput<"ticket.update">): Promise<Ticket> {
  const answer = await client.request("ticket.update", input);
  client.update((s) => learn(s, answer, client.now()));
  return answer.ticket;
}
