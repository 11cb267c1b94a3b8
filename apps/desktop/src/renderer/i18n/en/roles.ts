import type { Mirror } from "../types.ts";
import type { roles as vi } from "../vi/roles.ts";

export const roles = {
  lead: "People have one or more roles, and may do all that any of them allows. Changes take effect at once; nobody has to log in again.",
  add: "Add a role",
  name: "Role name",
  permission: "Permission",
  allows: "What it allows",
  people_one: "{{count}} person",
  people_other: "{{count}} people",
  yes: "yes",
  no: "no",
  fixed: "The administrator's role stays as it is, so that there is always somebody who can administer.",
  remove: "Remove the role",
  inUse: "It cannot be removed: somebody has this role",
  outranks: "This person may do things that you may not: only an administrator can change them",
  grantsMore: "You cannot give a permission that you do not have",
  ownAdministration: "You cannot end your own administration. Ask another administrator",
  group: { work: "Work", supervise: "Supervise", administer: "Administer" },
  can: {
    work: "Take work, answer customers of one's own queues, make tickets",
    agents: { see: "See who is there and what they do" },
    conversations: { see_all: "Read every conversation, not only those of one's own queues" },
    interactions: { assign: "Assign work to others, change priorities, take over, move between queues" },
    floor: {
      see: "See the live floor: who waits, who is free, who has what in hand",
      act: "Change others' state and sign them out",
    },
    tickets: { manage: "See and change every ticket" },
    customers: {
      reveal: "See unmasked phone numbers and e-mail addresses; each look is recorded",
      link: "Say that two customers are one person, and take them apart again",
    },
    canned_replies: { manage: "Write and remove canned replies, which everybody shares" },
    channels: { manage: "Connect and change channels" },
    people: { manage: "Manage people, teams, queues, hours and skills" },
    roles: { manage: "Make roles and give any permission: who has this is an administrator" },
    webhooks: { manage: "Tell other systems what happens, by webhook" },
    audit: { read: "Read the audit log" },
    replay: { run: "Run a recorded day again with other rules and staffing" },
    reports: { see: "See reports" },
  },
} as const satisfies Mirror<typeof vi>;
