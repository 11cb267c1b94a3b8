import { z } from "zod";
import { ChannelId } from "./channel-info.ts";
import { AttachmentKind, Direction } from "./conversations.ts";
import { Id, Millis, Version } from "./scalars.ts";

export const Identity = z.object({
  id: Id,
  channel: ChannelId,
  accountId: Id,
  externalId: z.string(),
  displayName: z.string(),
  avatarMediaId: Id.nullable(),
});
export type Identity = z.infer<typeof Identity>;

export const Customer = z.object({
  id: Id,
  name: z.string(),
  /** Custom attributes, by name. Phone numbers and addresses are masked unless the reader may see them. */
  attributes: z.record(z.string(), z.string()),
  tags: z.array(z.string()),
  /** The agent who looks after this customer, and is asked first. */
  ownerId: Id.nullable(),
  identities: z.array(Identity),
  createdAt: Millis,
  version: Version,
});
export type Customer = z.infer<typeof Customer>;

/** Who is whom, after customers were linked or identities taken out. Whose identity it is decides whose its conversation is. */
export const Regrouped = z.object({
  /** The cards that there are now: the one that they share, or the one that stays and the one that was taken out. */
  customers: z.array(Customer).min(1),
  /** Have no card of their own any more. */
  gone: z.array(Id),
  /** Went over to one of the customers. */
  tickets: z.array(z.object({ ticketId: Id, customerId: Id })),
});
export type Regrouped = z.infer<typeof Regrouped>;

/** What two customers have in common. */
export const ClueKind = z.enum(["phone", "email", "reference", "name", "attribute"]);
export type ClueKind = z.infer<typeof ClueKind>;

/**
 * Where it was found: it is one of their addresses, the channel's vendor says that it is theirs, they wrote it, it stands on
 * their card, or in a ticket of theirs.
 */
export const ClueSource = z.enum(["address", "confirmed", "typed", "card", "ticket"]);
export type ClueSource = z.infer<typeof ClueSource>;

export const Evidence = z.object({
  kind: ClueKind,
  /** Numbers and addresses are masked. */
  value: z.string(),
  here: ClueSource,
  there: ClueSource,
});
export type Evidence = z.infer<typeof Evidence>;

/** Somebody who may be the same person. */
export const Suggestion = z.object({ customer: Customer, evidence: z.array(Evidence) });
export type Suggestion = z.infer<typeof Suggestion>;

/** One thing that happened with a customer, on any channel: a journal row made small. */
export const TimelineEntry = z.object({
  seq: z.number().int(),
  at: Millis,
  name: z.string(),
  channel: ChannelId.nullable(),
  conversationId: Id.nullable(),
  messageId: Id.nullable(),
  interactionId: Id.nullable(),
  ticketId: Id.nullable(),
  actorId: Id.nullable(),
  /** A line for people: message text, a file's name, ticket subject, disposition and note. Empty for what was taken back. */
  summary: z.string(),
  /** What came with the message, to be named where `summary` is empty. */
  attachment: AttachmentKind.nullable(),
  direction: Direction,
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
