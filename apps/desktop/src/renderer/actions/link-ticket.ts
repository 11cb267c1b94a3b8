import type { CommandInput, Ticket } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export async function linkTicket(client: Client, input: CommandInput<"ticket.link">): Promise<Ticket> {
  const answer = await client.request("ticket.link", input);
  client.update((s) => learn(s, answer, client.now()));
  return answer.ticket;
}
