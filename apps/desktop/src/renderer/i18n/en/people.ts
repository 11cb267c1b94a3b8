import type { Mirror } from "../types.ts";
import type { people as vi } from "../vi/people.ts";

export const people = {
  byRole: "Filter by role",
  anyRole: "Any role",
  byQueue: "Filter by queue",
  anyQueue: "Any queue",
  byState: "Filter by state",
  state: { all: "Everybody", enabled: "Enabled", disabled: "Disabled" },
  queues: "Queues",
  byTeam: "there with a team",
  inHand_one: "{{count}} piece of work in hand goes back to its queue, at its age",
  inHand_other: "{{count}} pieces of work in hand go back to their queues, at their age",
  signOut: "Sign out everywhere",
  signOutHint: "Ends every session of this person; work in hand goes back to its queue.",
  signedOut: "{{name}} signed out everywhere",
} as const satisfies Mirror<typeof vi>;
