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
