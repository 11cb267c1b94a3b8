import { z } from "zod";
import { ChannelId, HealthState } from "./channel-info.ts";
import { AttachmentKind, Author, Direction, InteractionState, MessageState } from "./conversations.ts";
import { SendFailure } from "./failures.ts";
import { AgentStateName } from "./people.ts";
import { Id, Millis, Seq } from "./scalars.ts";
import { TicketPriority, TicketStatus } from "./tickets.ts";

/*
 * What leaves the house: shapes that receivers build on (docs/webhooks.md). They are made apart from the wire of our own
 * clients, so that this may change as the product grows. Fields are added; a change that would break a receiver is a new
 * version of the event.
 */

const Time = z.iso.datetime();

const message = z.object({
  id: Id,
  conversationId: Id,
  interactionId: Id.nullable(),
  direction: Direction,
  author: Author,
  state: MessageState,
  error: SendFailure.nullable(),
  attachments: z.array(AttachmentKind),
  /** `null`: the webhook does not ask for texts. */
  text: z.string().nullable(),
  at: Time,
});

const interaction = z.object({
  id: Id,
  conversationId: Id,
  customerId: Id,
  channel: ChannelId,
  accountId: Id,
  queueId: Id,
  state: InteractionState,
  ownerId: Id.nullable(),
  openedAt: Time,
  waitingSince: Time,
  acceptedAt: Time.nullable(),
  closedAt: Time.nullable(),
  disposition: z.string().nullable(),
});

/** Contact data in it is masked. */
const customer = z.object({
  id: Id,
  name: z.string(),
  tags: z.array(z.string()),
  ownerId: Id.nullable(),
  createdAt: Time,
});

const ticket = z.object({
  id: Id,
  number: z.number().int(),
  subject: z.string(),
  status: TicketStatus,
  priority: TicketPriority,
  ownerId: Id.nullable(),
  queueId: Id,
  customerId: Id,
  dueAt: Time.nullable(),
  createdAt: Time,
  updatedAt: Time,
});

const step = z.object({
  interaction,
  /** Whom the step concerns, where that is not the owner. */
  userId: Id.nullable(),
});

/** Who is whom: the cards that there are now, who has none any more, and whose tickets are another one's. */
const regrouped = z.object({
  customers: z.array(customer),
  gone: z.array(Id),
  tickets: z.array(z.object({ ticketId: Id, customerId: Id })),
});

export const publicEvents = {
  "message.created": z.object({ message }),
  "message.updated": z.object({ message }),
  "interaction.opened": step,
  "interaction.offered": step,
  "interaction.accepted": step,
  "interaction.declined": step,
  "interaction.missed": step,
  "interaction.requeued": step,
  "interaction.transferred": step,
  "interaction.parked": step,
  "interaction.unparked": step,
  "interaction.ended": step,
  "interaction.resumed": step,
  "interaction.closed": step,
  "customer.created": z.object({ customer }),
  "customer.updated": z.object({ customer }),
  "customer.linked": regrouped,
  "customer.unlinked": regrouped,
  "ticket.created": z.object({ ticket }),
  "ticket.updated": z.object({ ticket }),
  "ticket.commented": z.object({
    ticket,
    comment: z.object({ id: Id, authorId: Id.nullable(), text: z.string().nullable(), at: Time }),
  }),
  "agent.changed": z.object({
    agent: z.object({
      userId: Id,
      state: AgentStateName,
      /** Why away: a code of ours, or the name of a reason of the house. */
      reason: z.string().nullable(),
      since: Time,
      carries: z.object({ call: z.number().int(), chat: z.number().int(), mail: z.number().int() }),
    }),
  }),
  "channel_account.changed": z.object({
    account: z.object({
      id: Id,
      channel: ChannelId,
      name: z.string(),
      enabled: z.boolean(),
      health: HealthState,
      healthSince: Time,
    }),
  }),
};
export type PublicEventName = keyof typeof publicEvents;
export type PublicEventData<N extends PublicEventName> = z.infer<(typeof publicEvents)[N]>;
export const publicEventNames = Object.keys(publicEvents) as PublicEventName[];
const [firstName, ...otherNames] = publicEventNames as [PublicEventName, ...PublicEventName[]];
export const PublicEventName = z.enum([firstName, ...otherNames]);

/** The body of every request. */
export const PublicEvent = z.object({
  /** Stays the same when it is sent again: what was seen already can be dropped. */
  id: Id,
  type: z.string(),
  version: z.literal(1),
  /** When it happened. */
  timestamp: Time,
  /** Grows with everything that happens: of two events about one thing the higher one is newer. */
  sequence: Seq,
  /** Who did it; `null`: the customer, or the system. */
  actorId: Id.nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type PublicEvent = z.infer<typeof PublicEvent>;

/** Why a webhook is off although nobody switched it off. */
export const WebhookEnd = z.enum(["gone", "failing", "backlog"]);
export type WebhookEnd = z.infer<typeof WebhookEnd>;

export const Webhook = z.object({
  id: Id,
  name: z.string(),
  url: z.string(),
  events: z.array(PublicEventName),
  /** Whether the texts of messages and comments are sent along. */
  texts: z.boolean(),
  enabled: z.boolean(),
  ended: WebhookEnd.nullable(),
  /** Until when the secret before the present one signs too. */
  oldSecretUntil: Millis.nullable(),
  /** Since when every attempt has failed. */
  failingSince: Millis.nullable(),
  /** After many failures: not before. */
  restUntil: Millis.nullable(),
  lastSuccessAt: Millis.nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

export const WebhookDeliveryState = z.enum(["waiting", "sending", "delivered", "failed"]);
export type WebhookDeliveryState = z.infer<typeof WebhookDeliveryState>;

/** What happened to an attempt that brought no answer. */
export const WebhookFailure = z.enum([
  "timeout",
  "refused_address",
  "unreachable",
  "connection",
  "interrupted",
]);
export type WebhookFailure = z.infer<typeof WebhookFailure>;

export const WebhookAttempt = z.object({
  at: Millis,
  /** `null`: it has no recorded end. */
  durationMs: z.number().int().nullable(),
  status: z.number().int().nullable(),
  failure: WebhookFailure.nullable(),
  /** The first of what the receiver answered. */
  answer: z.string(),
});
export type WebhookAttempt = z.infer<typeof WebhookAttempt>;

export const WebhookDelivery = z.object({
  id: Id,
  webhookId: Id,
  type: z.string(),
  state: WebhookDeliveryState,
  createdAt: Millis,
  attempts: z.number().int(),
  /** When it is tried again, at the earliest. */
  nextAt: Millis.nullable(),
  /** Of the newest attempt. */
  last: WebhookAttempt.nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;
