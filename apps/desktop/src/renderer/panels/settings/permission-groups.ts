import { Permission } from "@tongdai/shared";

export const groups = ["work", "supervise", "administer"] as const;
type Group = (typeof groups)[number];

const groupOf: Record<Permission, Group> = {
  work: "work",
  "calls.begin": "work",
  "templates.send": "work",
  "agents.see": "work",
  "tickets.manage": "work",
  "comments.delete": "work",
  "customers.reveal": "work",
  "customers.link": "work",
  "canned_replies.manage": "work",
  "conversations.see_all": "supervise",
  "interactions.assign": "supervise",
  "floor.see": "supervise",
  "floor.act": "supervise",
  "reports.see": "supervise",
  "replay.run": "supervise",
  "people.manage": "administer",
  "roles.manage": "administer",
  "channels.manage": "administer",
  "webhooks.manage": "administer",
  "audit.read": "administer",
};

export const permissionsIn = (group: Group): Permission[] =>
  Permission.options.filter((permission) => groupOf[permission] === group);
