import {
  type AgentState,
  type ChannelAccount,
  type Conversation,
  type Customer,
  type EventName,
  events,
  type JournalEvent,
  type Message,
  maskText,
  type PublicEventData,
  type PublicEventName,
  publicEventNames,
  type ReportEntry,
  type Ticket,
  type TicketComment,
} from "@tongdai/shared";

/** An event as receivers outside of the house may know it, before it is made out to one of them. */
export interface Told {
  readonly seq: number;
  readonly at: number;
  readonly actorId: string | null;
  readonly type: PublicEventName;
  /** What it is about: first attempts about one thing go in order. */
  readonly lane: string;
  readonly data: (o: { readonly texts: boolean }) => Readonly<Record<string, unknown>>;
}

/** The journal's names that can be told. */
export const toldNames: readonly EventName[] = publicEventNames;

/** Null: there is nothing in it to tell, or it is not of the shape that we write. */
export function tellable(entry: ReportEntry): Told | null {
  const { seq, at, actorId } = entry;
  const data = events[entry.name].safeParse(entry.data);
  if (!data.success) return null;
  const told = tell({ name: entry.name, data: data.data } as Named);
  return told && { seq, at, actorId, ...told };
}

type Named = Pick<JournalEvent, "name" | "data"> & JournalEvent;

type Telling = Pick<Told, "lane" | "data" | "type">;

function telling<N extends PublicEventName>(
  type: N,
  lane: string,
  data: (texts: boolean) => PublicEventData<N>,
): Telling {
  return { type, lane, data: ({ texts }) => data(texts) };
}

function tell(event: Named): Telling | null {
  switch (event.name) {
    case "message.created":
    case "message.updated": {
      const { message } = event.data;
      // Notes are between agents.
      if (message.kind !== "message") return null;
      return telling(event.name, message.conversationId, (texts) => ({ message: toMessage(message, texts) }));
    }
    case "interaction.opened":
    case "interaction.offered":
    case "interaction.accepted":
    case "interaction.declined":
    case "interaction.missed":
    case "interaction.requeued":
    case "interaction.transferred":
    case "interaction.parked":
    case "interaction.unparked":
    case "interaction.ended":
    case "interaction.resumed":
    case "interaction.closed": {
      const interaction = toInteraction(event.data.conversation);
      const { userId } = event.data;
      return interaction && telling(event.name, event.data.conversation.id, () => ({ interaction, userId }));
    }
    case "customer.created":
    case "customer.updated": {
      const { customer } = event.data;
      return telling(event.name, customer.id, () => ({ customer: toCustomer(customer) }));
    }
    case "customer.linked":
    case "customer.unlinked": {
      const { customers, gone, tickets } = event.data;
      const about = customers[0]?.id ?? "";
      return telling(event.name, about, () => ({ customers: customers.map(toCustomer), gone, tickets }));
    }
    case "ticket.created":
    case "ticket.updated": {
      const { ticket } = event.data;
      return telling(event.name, ticket.id, () => ({ ticket: toTicket(ticket) }));
    }
    case "ticket.commented": {
      const { ticket, comment } = event.data;
      return telling(event.name, ticket.id, (texts) => ({
        ticket: toTicket(ticket),
        comment: toComment(comment, texts),
      }));
    }
    case "agent.changed": {
      const { agent } = event.data;
      return telling(event.name, agent.userId, () => ({ agent: toAgent(agent) }));
    }
    case "channel_account.changed": {
      const { account } = event.data;
      return telling(event.name, account.id, () => ({ account: toAccount(account) }));
    }
    default:
      return null;
  }
}

const time = (at: number): string => new Date(at).toISOString();
const timeOrNull = (at: number | null): string | null => (at === null ? null : time(at));

const toMessage = (m: Message, texts: boolean): PublicEventData<"message.created">["message"] => ({
  id: m.id,
  conversationId: m.conversationId,
  interactionId: m.interactionId,
  direction: m.direction,
  author: m.author,
  state: m.state,
  error: m.error?.code ?? null,
  attachments: m.attachments.map((a) => a.kind),
  text: texts ? m.text : null,
  at: time(m.at),
});

function toInteraction({ accountId, interaction: i }: Conversation) {
  return (
    i && {
      id: i.id,
      conversationId: i.conversationId,
      customerId: i.customerId,
      channel: i.channel,
      accountId,
      queueId: i.queueId,
      state: i.state,
      ownerId: i.ownerId,
      openedAt: time(i.openedAt),
      waitingSince: time(i.waitingSince),
      acceptedAt: timeOrNull(i.acceptedAt),
      closedAt: timeOrNull(i.closedAt),
      disposition: i.disposition,
    }
  );
}

/** As those see it who may not see numbers and addresses. */
const toCustomer = (c: Customer): PublicEventData<"customer.created">["customer"] => ({
  id: c.id,
  name: maskText(c.name),
  tags: c.tags.map(maskText),
  ownerId: c.ownerId,
  createdAt: time(c.createdAt),
});

const toTicket = (t: Ticket): PublicEventData<"ticket.created">["ticket"] => ({
  id: t.id,
  number: t.number,
  subject: maskText(t.subject),
  status: t.status,
  priority: t.priority,
  ownerId: t.ownerId,
  queueId: t.queueId,
  customerId: t.customerId,
  dueAt: timeOrNull(t.dueAt),
  createdAt: time(t.createdAt),
  updatedAt: time(t.updatedAt),
});

const toComment = (c: TicketComment, texts: boolean): PublicEventData<"ticket.commented">["comment"] => ({
  id: c.id,
  authorId: c.authorId,
  text: texts ? c.text : null,
  at: time(c.at),
});

const toAgent = (a: AgentState): PublicEventData<"agent.changed">["agent"] => ({
  userId: a.userId,
  state: a.state,
  reason: a.reason,
  since: time(a.since),
  carries: a.carries,
});

const toAccount = (a: ChannelAccount): PublicEventData<"channel_account.changed">["account"] => ({
  id: a.id,
  channel: a.channel,
  name: a.name,
  enabled: a.enabled,
  health: a.health.state,
  healthSince: time(a.health.since),
});
