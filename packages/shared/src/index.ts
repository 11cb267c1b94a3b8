export * from "./clock.ts";
export { type AgentSpan, type Departure, FloorNotice, type Overstay } from "./contract/agent-history.ts";
export * from "./contract/channel-info.ts";
export type { CommandSpec } from "./contract/command.ts";
export * from "./contract/commands.ts";
export { InboxView } from "./contract/commands-conversation.ts";
export { Directory, type PackedSnapshot, Snapshot } from "./contract/commands-session.ts";
export * from "./contract/conversations.ts";
export * from "./contract/customers.ts";
export * from "./contract/errors.ts";
export * from "./contract/events.ts";
export * from "./contract/failures.ts";
export * from "./contract/floor.ts";
export * from "./contract/hours.ts";
export * from "./contract/people.ts";
export * from "./contract/permissions.ts";
export * from "./contract/replay.ts";
export * from "./contract/reports.ts";
export * from "./contract/rest.ts";
export * from "./contract/routing.ts";
export * from "./contract/scalars.ts";
export * from "./contract/socket.ts";
export {
  AwayReason,
  defaultStateRules,
  StateRules,
} from "./contract/state-rules.ts";
export * from "./contract/teams.ts";
export * from "./contract/tickets.ts";
export * from "./contract/version.ts";
export * from "./contract/webhooks.ts";
export * from "./domain/contacts.ts";
export * from "./domain/fold.ts";
export * from "./domain/hours.ts";
export * from "./domain/interaction.ts";
export * from "./domain/mask-text.ts";
export * from "./domain/message-state.ts";
export * from "./domain/park.ts";
export * from "./domain/replay.ts";
export * from "./domain/reply-window.ts";
export * from "./domain/report.ts";
export * from "./domain/routing.ts";
export * from "./domain/split-text.ts";
export * from "./domain/ticket.ts";
export * from "./domain/timeline-entry.ts";
export * from "./domain/urgency.ts";
export * from "./domain/vietnam-holidays.ts";
export * from "./domain/zone.ts";
