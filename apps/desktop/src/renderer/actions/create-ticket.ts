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

/** Says something: a smile or a question mark alone does not. */
const hasContent = ({ text }: Message): boolean => /[\p{L}\p{N}]/u.test(text);

/** A subject that needs no typing: what the customer came with this time, else their last words, else who. */
export function suggestedSubject(conversation: Conversation, messages: readonly Message[]): string {
  const said = messages.filter((m) => m.direction === "in" && m.state !== "removed" && hasContent(m));
  const { interaction, preview } = conversation;
  const came = interaction && said.find((m) => m.interactionId === interaction.id);
  const text = (came ?? said.at(-1))?.text ?? (preview.direction === "in" ? preview.text : "");
  const words = text.replaceAll(/\s+/g, " ").trim();
  if (words === "") return conversation.customerName;
  return words.length <= subjectLength ? words : `${words.slice(0, subjectLength - 1).trimEnd()}…`;
}
