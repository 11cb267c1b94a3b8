import { AppError } from "../contract/errors.ts";
import type { TicketStatus } from "../contract/tickets.ts";

/**
 *   new ──▶ open ◀──▶ pending ◀──▶ on_hold ◀──▶ open      (being worked on: any of the three to any other)
 *    │        │          │            │
 *    │        └──────────┼────────────┘
 *    │                   ▼ ▲
 *    └────────────────▶ solved                            (the customer may say no: back to work)
 *                        │
 *    (from anywhere)     ▼
 *    ────────────────▶ closed                             (for good: a new matter is a new ticket)
 *
 *  Nothing becomes `new` again. `pending` waits for the customer, `on_hold` for somebody else.
 */
const next = {
  new: ["open", "pending", "on_hold", "solved", "closed"],
  open: ["pending", "on_hold", "solved", "closed"],
  pending: ["open", "on_hold", "solved", "closed"],
  on_hold: ["open", "pending", "solved", "closed"],
  solved: ["open", "pending", "on_hold", "closed"],
  closed: [],
} as const satisfies Record<TicketStatus, readonly TicketStatus[]>;

/** The statuses that a ticket may be given next. */
export const ticketStatusesAfter = (from: TicketStatus): readonly TicketStatus[] => next[from];

/** Throws `illegal_transition` when the machine above has no such arrow. */
export function assertTicketTransition(from: TicketStatus, to: TicketStatus): void {
  if (!ticketStatusesAfter(from).includes(to))
    throw new AppError("illegal_transition", `ticket ${from} -> ${to}`, { from, to });
}

/** Whether the promise has been kept or dropped: nobody works on it. */
export const isTicketDone = (status: TicketStatus): boolean => status === "solved" || status === "closed";
