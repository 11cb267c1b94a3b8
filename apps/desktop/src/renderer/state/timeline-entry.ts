import type { Conversation, JournalEvent, Message, Ticket, TimelineEntry } from "@tongdai/shared";

interface Line {
  readonly customerId: string;
  readonly entry: TimelineEntry;
}

const nowhere = { channel: null, conversationId: null, interactionId: null, ticketId: null } as const;

/** The line of a customer's timeline that a journal row adds, so that an open timeline grows without being fetched again. */
export function timelineEntry(event: JournalEvent): Line | null {
  const base = {
    seq: event.seq,
    at: event.at,
    name: event.name,
    actorId: event.actorId,
    direction: "none",
  } as const;
  switch (event.name) {
    case "message.created": {
      const { message, conversation } = event.data;
      if (message.kind === "event") return null;
      return {
        customerId: conversation.customerId,
        entry: {
          ...base,
          ...placeOf(conversation),
          interactionId: message.interactionId,
          summary: wordsOf(message),
          direction: message.direction,
        },
      };
    }
    case "interaction.opened":
    case "interaction.accepted":
    case "interaction.transferred":
    case "interaction.requeued":
    case "interaction.closed": {
      const { conversation, note } = event.data;
      const place = { ...placeOf(conversation), interactionId: conversation.interaction?.id ?? null };
      return { customerId: conversation.customerId, entry: { ...base, ...place, summary: note ?? "" } };
    }
    case "ticket.created":
    case "ticket.updated":
      return aboutTicket(event.data.ticket, base, event.data.ticket.subject);
    case "ticket.commented":
      return aboutTicket(event.data.ticket, base, event.data.comment.text);
    case "customer.updated": {
      const { customer } = event.data;
      return { customerId: customer.id, entry: { ...base, ...nowhere, summary: customer.name } };
    }
    default:
      return null;
  }
}

const placeOf = (c: Conversation) => ({ ...nowhere, channel: c.channel, conversationId: c.id });

const wordsOf = ({ text, attachments }: Message): string => text || (attachments[0]?.name ?? "");

type Base = Pick<TimelineEntry, "seq" | "at" | "name" | "actorId" | "direction">;

function aboutTicket(ticket: Ticket, base: Base, summary: string): Line {
  const interactionId = ticket.interactionIds[0] ?? null;
  return {
    customerId: ticket.customerId,
    entry: { ...base, ...nowhere, interactionId, ticketId: ticket.id, summary },
  };
}
