import type { JournalEvent, TimelineEntry } from "@tongdai/shared";

interface Line {
  readonly customerId: string;
  readonly entry: TimelineEntry;
}

/** The line of a customer's timeline that a journal row adds, so that an open timeline grows without being fetched again. */
export function timelineEntry(event: JournalEvent): Line | null {
  const base = { seq: event.seq, at: event.at, name: event.name, actorId: event.actorId };
  if (event.name === "message.created") {
    const { message, conversation } = event.data;
    if (message.kind === "event") return null;
    return {
      customerId: conversation.customerId,
      entry: {
        ...base,
        channel: conversation.channel,
        conversationId: conversation.id,
        interactionId: message.interactionId,
        ticketId: null,
        summary: message.text,
        direction: message.direction,
      },
    };
  }
  if (event.name === "ticket.created") {
    const { ticket } = event.data;
    return {
      customerId: ticket.customerId,
      entry: {
        ...base,
        channel: null,
        conversationId: null,
        interactionId: ticket.interactionIds[0] ?? null,
        ticketId: ticket.id,
        summary: ticket.subject,
        direction: "none",
      },
    };
  }
  return null;
}
