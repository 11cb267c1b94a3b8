import type { InteractionState } from "../contract/conversations.ts";
import { AppError } from "../contract/errors.ts";

/**
 *            offer            accept           end
 *  waiting ─────────▶ offered ─────▶ active ─────────▶ wrap_up ──close──▶ closed
 *     ▲ │ claim          │            │ ▲ │                │
 *     │ └────────────────┼────────────┼─┘ └────close───────┼────────────▶
 *     │   decline, miss, │  transfer, │                    │
 *     └───── withdraw ───┴── requeue ─┴──── resume ◀───────┘ (customer writes again: back to active)
 *
 *  active ──park──▶ parked ──its time, the customer, by hand──▶ active, or waiting when its agent is not there or chose so;
 *  parked may also be transferred (waiting) and closed.
 *
 *  waiting and offered may also close: the customer's matter ended elsewhere, or nobody was there (a ticket is made).
 */
const next = {
  waiting: ["offered", "active", "closed"],
  offered: ["waiting", "active", "closed"],
  active: ["waiting", "parked", "wrap_up", "closed"],
  parked: ["active", "waiting", "closed"],
  wrap_up: ["active", "waiting", "closed"],
  closed: [],
} as const satisfies Record<InteractionState, readonly InteractionState[]>;

/** Throws `illegal_transition` when the machine above has no such arrow. */
export function assertTransition(from: InteractionState, to: InteractionState): void {
  const allowed: readonly InteractionState[] = next[from];
  if (!allowed.includes(to))
    throw new AppError("illegal_transition", `interaction ${from} -> ${to}`, { from, to });
}
