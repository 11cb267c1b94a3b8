import type { Conversation, Message } from "../contract/conversations.ts";
import type { TimelineEntry } from "../contract/customers.ts";
import type { EventName, JournalEvent } from "../contract/events.ts";
import type { Ticket } from "../contract/tickets.ts";
import { formLine } from "./wrap-up.ts";

/** What of the journal means something to people, in a customer's timeline. */
export const timelineEvents = [
  "message.created",
  "interaction.opened",
  "interaction.accepted",
  "interaction.transferred",
  "interaction.requeued",
  "interaction.closed",
  "ticket.created",
  "ticket.updated",
  "ticket.commented",
  "customer.updated",
  "customer.linked",
  "customer.unlinked",
] as const satisfies EventName[];

export type TimelineEvent = Extract<JournalEvent, { name: (typeof timelineEvents)[number] }>;

export const isTimelineEvent = (event: JournalEvent): event is TimelineEvent =>
  timelineEvents.some((name) => name === event.name);

const nowhere = {
  channel: null,
  conversationId: null,
  messageId: null,
  interactionId: null,
  ticketId: null,
  attachment: null,
} as const;

/** The line that a journal row adds to a customer's timeline: the same whether it is heard live or read later. */
export function timelineEntry(event: TimelineEvent): TimelineEntry {
  const { seq, at, name, actorId } = event;
  const base = { seq, at, name, actorId, ...nowhere, direction: "none" } as const;
  switch (event.name) {
    case "message.created": {
      const { message, conversation } = event.data;
      return {
        ...base,
        ...placeOf(conversation),
        ...messageWords(message),
        messageId: message.id,
        interactionId: message.interactionId,
        direction: message.direction,
      };
    }
    case "interaction.closed": {
      const { conversation, disposition, note, form } = event.data;
      return {
        ...base,
        ...placeOf(conversation),
        summary: [disposition, note, formLine(form)].filter(Boolean).join(" · "),
      };
    }
    case "interaction.opened":
    case "interaction.accepted":
    case "interaction.transferred":
    case "interaction.requeued":
      return { ...base, ...placeOf(event.data.conversation), summary: event.data.note ?? "" };
    case "ticket.created":
    case "ticket.updated":
      return { ...base, ...ticketOf(event.data.ticket), summary: event.data.ticket.subject };
    case "ticket.commented":
      return { ...base, ...ticketOf(event.data.ticket), summary: event.data.comment.text };
    case "customer.updated":
      return { ...base, summary: event.data.customer.name };
    case "customer.linked":
    case "customer.unlinked":
      return { ...base, summary: event.data.customers.map((c) => c.name).join(" · ") };
  }
}

type MessageWords = Pick<TimelineEntry, "summary" | "attachment">;

/** What a message says in one line, as it now is: nothing when it was taken back. Only a file's own name says something. */
export function messageWords(
  message: Pick<Message, "kind" | "text" | "attachments" | "event" | "state">,
): MessageWords {
  if (message.state === "removed") return { summary: "", attachment: null };
  const [first] = message.attachments;
  const titled = first?.kind === "file" ? first.name : (first?.title ?? "");
  const happened = message.kind === "event" ? (message.event?.name ?? "") : "";
  return { summary: message.text || titled || happened, attachment: first?.kind ?? null };
}

const placeOf = (c: Conversation) => ({
  channel: c.channel,
  conversationId: c.id,
  interactionId: c.interaction?.id ?? null,
});

const ticketOf = (ticket: Ticket) => ({
  ticketId: ticket.id,
  interactionId: ticket.interactionIds[0] ?? null,
});
