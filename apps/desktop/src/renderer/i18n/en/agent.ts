import type { Mirror } from "../types.ts";
import type { agent as vi } from "../vi/agent.ts";

export const agent = {
  stateLabel: "Your state",
  change: "Change state",
  full: "full",
  fullThrough: "{{load}}, no room beside other work",
  state: {
    offline: "Offline",
    available: "Available",
    busy: "Busy",
    away: "Away",
    wrap_up: "Wrapping up",
  },
  stateHint: {
    offline: "Takes no work",
    available: "Takes new work",
    busy: "Full, takes no more for now",
    away: "Pauses new work",
    wrap_up: "Takes work again when done",
  },
  reasonLabel: "Reason",
  reason: {
    missed: "Missed an offer",
    lost: "Connection lost",
    other: "Other",
  },
  since: "since {{time}}",
  forTime: "for {{time}}",
  awayWith: "Away: {{reason}}",
  afterWork: "Become {{state}} when the current work is done",
  missedTitle: "You missed an offer",
  missedBody: "The customer is back in the queue. New work comes only once you are available again.",
  pausedBody: "New work comes only once you are available again.",
  pausedSince: "{{state}} since {{time}}.",
  backToWork: "Become available",
  capacity: "Capacity",
  phoneReady: "Phone ready",
  phoneNotReady: "Phone not ready",
  changedElsewhere: "Your state was changed elsewhere",
  changedBySupervisor: "{{name}} changed your state",
  role: {
    agent: "Agent",
    supervisor: "Supervisor",
    admin: "Administrator",
  },
} as const satisfies Mirror<typeof vi>;
