import { z } from "zod";
import { ChannelId } from "./channel-info.ts";
import { Id, Millis, Version } from "./scalars.ts";

export const TicketStatus = z.enum(["new", "open", "pending", "on_hold", "solved", "closed"]);
export type TicketStatus = z.infer<typeof TicketStatus>;

export const TicketPriority = z.enum(["low", "normal", "high", "urgent"]);
export type TicketPriority = z.infer<typeof TicketPriority>;

export const Ticket = z.object({
  id: Id,
  /** Short and spoken over the phone: 1, 2, 3 … */
  number: z.number().int(),
  subject: z.string(),
  status: TicketStatus,
  priority: TicketPriority,
  ownerId: Id.nullable(),
  queueId: Id,
  customerId: Id,
  customerName: z.string(),
  dueAt: Millis.nullable(),
  interactionIds: z.array(Id),
  createdAt: Millis,
  updatedAt: Millis,
  version: Version,
});
export type Ticket = z.infer<typeof Ticket>;

export const TicketComment = z.object({
  id: Id,
  ticketId: Id,
  authorId: Id.nullable(),
  text: z.string(),
  at: Millis,
});
export type TicketComment = z.infer<typeof TicketComment>;

/** Where an interaction takes place, and when it was last heard of. */
export const TicketTalk = z.object({
  interactionId: Id,
  conversationId: Id,
  accountId: Id,
  channel: ChannelId,
  at: Millis,
});
export type TicketTalk = z.infer<typeof TicketTalk>;

export const TicketQuery = z.strictObject({
  statuses: z.array(TicketStatus).max(6).optional(),
  priorities: z.array(TicketPriority).max(4).optional(),
  /** `me` is the asker, `none` is nobody. */
  owner: z.union([z.literal("me"), z.literal("none"), Id]).optional(),
  customerId: Id.optional(),
  overdue: z.boolean().optional(),
  text: z.string().max(200).optional(),
});
export type TicketQuery = z.infer<typeof TicketQuery>;

export const TicketFilter = z.object({ id: Id, name: z.string(), query: TicketQuery });
export type TicketFilter = z.infer<typeof TicketFilter>;

export const TicketHistoryEntry = z.object({
  seq: z.number().int(),
  at: Millis,
  actorId: Id.nullable(),
  name: z.string(),
  /** Field -> [before, after] as text. */
  changes: z.record(z.string(), z.tuple([z.string(), z.string()])),
});
export type TicketHistoryEntry = z.infer<typeof TicketHistoryEntry>;
