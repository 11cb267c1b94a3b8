import type { Customer, Ticket, TimelineEntry } from "@tongdai/shared";
import { conversation, id, lan, morning, page, queueCare } from "./builders.ts";

const minute = 60_000;

/** The customer of conversation 1. */
export const customerId = conversation(1).customerId;

export const customer = (change: Partial<Customer> = {}): Customer => ({
  id: customerId,
  name: "Phạm Thị Thu Trang",
  attributes: { "Điện thoại": "0903 *** 778", "Thành phố": "Huế" },
  tags: ["khách quen"],
  ownerId: null,
  identities: [
    {
      id: id(3_001),
      channel: "facebook",
      accountId: page.id,
      externalId: "7000000000000001",
      displayName: "Thu Trang",
      avatarMediaId: null,
    },
  ],
  createdAt: morning - 90 * 24 * 60 * minute,
  version: 3,
  ...change,
});

/** Ticket number n. */
export const ticket = (n: number, change: Partial<Ticket> = {}): Ticket => ({
  id: id(800_000 + n),
  number: n,
  subject: `Phiếu thử ${n}`,
  status: "open",
  priority: "normal",
  ownerId: lan.id,
  queueId: queueCare.id,
  customerId,
  customerName: "Phạm Thị Thu Trang",
  dueAt: null,
  interactionIds: [],
  createdAt: morning - 60 * minute,
  updatedAt: morning - n * minute,
  version: 1,
  ...change,
});

/** Line number n of a timeline: the greater, the later. */
export const line = (n: number, change: Partial<TimelineEntry> = {}): TimelineEntry => ({
  seq: n,
  at: morning - 1_000 * minute + n * minute,
  name: "message.created",
  channel: "facebook",
  conversationId: conversation(1).id,
  messageId: null,
  interactionId: null,
  ticketId: null,
  actorId: null,
  summary: `Chuyện ${n}`,
  attachment: null,
  direction: "in",
  ...change,
});
