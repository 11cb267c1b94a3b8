import type { Conversation, Message, Ticket } from "@tongdai/shared";
import type { Client } from "./client.ts";

export interface NewTicket {
  readonly subject: string;
  readonly comment?: string;
  readonly priority?: Ticket["priority"];
  readonly ownerId?: string | null;
  readonly dueAt?: number | null;
  readonly interactionId?: string | null;
  readonly customerId?: string | null;
}

/** Kept until the gateway has it; resolves with the ticket, perhaps only after a lost connection is back. */
export async function createTicket(client: Client, ticket: NewTicket): Promise<Ticket> {
  const clientId = client.newId();
  const answer = await client.outbox.hold({
    id: clientId,
    name: "ticket.create",
    input: { clientId, ...ticket },
    lane: `ticket.${clientId}`,
  });
  return answer.ticket;
}

const subjectLength = 80;

/** A subject that needs no typing: the customer's last words, else who and where. */
export function suggestedSubject(conversation: Conversation, messages: readonly Message[]): string {
  const said = messages.findLast((m) => m.direction === "in" && m.text.trim() !== "")?.text;
  const { text, direction } = conversation.preview;
  const words = (said ?? (direction === "in" ? text : "")).replaceAll(/\s+/g, " ").trim();
  if (words === "") return conversation.customerName;
  return words.length <= subjectLength ? words : `${words.slice(0, subjectLength - 1).trimEnd()}…`;
}
