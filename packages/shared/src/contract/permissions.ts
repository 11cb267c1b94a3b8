import type { Role } from "./people.ts";

/** What a command, a REST call or a room may require. */
export type Permission =
  | "work" // take part: see the conversations of one's own queues, answer, make tickets
  | "conversations.see_all"
  | "interactions.assign"
  | "floor.see" // who waits, who is there and what everybody has in hand, live
  | "floor.act" // force an agent's state, end their sessions
  | "agents.see"
  | "tickets.manage"
  | "customers.reveal" // unmasked phone numbers and e-mail addresses; each look is audited
  | "channels.manage"
  | "people.manage"
  | "webhooks.manage"
  | "audit.read"
  | "reports.see"
  | "replay.run"; // try rules and staffing on a recorded day: sums only, nothing of customers

const permissions: Record<Role, readonly Permission[]> = {
  agent: ["work", "agents.see"],
  supervisor: [
    "work",
    "agents.see",
    "conversations.see_all",
    "interactions.assign",
    "floor.see",
    "floor.act",
    "tickets.manage",
    "customers.reveal",
    "reports.see",
    "replay.run",
  ],
  // An administrator configures; reading customers' messages takes the supervisor's role beside it.
  admin: ["agents.see", "channels.manage", "people.manage", "webhooks.manage", "audit.read", "replay.run"],
};

/** All that the given roles allow together. */
export function permissionsOf(roles: readonly Role[]): Set<Permission> {
  return new Set(roles.flatMap((r) => permissions[r]));
}
