import type { TicketComment } from "@tongdai/shared";
import type { Client } from "./client.ts";

/** Kept until the gateway has it, over lost connections and reloads. */
export async function commentTicket(client: Client, ticketId: string, text: string): Promise<TicketComment> {
  const clientId = client.newId();
  const answer = await client.outbox.hold({
    id: clientId,
    name: "ticket.comment",
    input: { clientId, ticketId, text },
    lane: `ticket.${ticketId}`,
  });
  return answer.comment;
}
