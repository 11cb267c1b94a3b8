import { z } from "zod";
import { BuiltInRole, RoleId } from "./people.ts";
import { BasedOn, line, Version } from "./scalars.ts";

/** What a command, a REST call or a room may require. A new one needs its words in the dictionary, and a role that has it. */
export const Permission = z.enum([
  // take part: see the conversations of one's own queues, answer, make tickets
  "work",
  // call numbers outside, within the rules for calls out
  "calls.begin",
  // send what the vendor has approved beforehand, each for its price
  "templates.send",
  "conversations.see_all",
  "interactions.assign",
  // who waits, who is there and what everybody has in hand, live
  "floor.see",
  // force an agent's state, end their sessions
  "floor.act",
  "agents.see",
  "tickets.manage",
  // what others wrote beneath a post is gone for everybody and for good
  "comments.delete",
  // unmasked phone numbers and e-mail addresses; each look is audited
  "customers.reveal",
  // say that two customers are one person, or that they are not
  "customers.link",
  "canned_replies.manage",
  "channels.manage",
  "people.manage",
  // give any permission to anybody, and make roles; who has it is an administrator
  "roles.manage",
  "webhooks.manage",
  "audit.read",
  "reports.see",
  // try rules and staffing on a recorded day: sums only, nothing of customers
  "replay.run",
]);
export type Permission = z.infer<typeof Permission>;

/** What people may do who have it. The built-in ones have no name of their own: clients translate their id. */
export const Role = z.object({
  id: RoleId,
  name: z.string(),
  permissions: z.array(Permission),
  version: Version,
});
export type Role = z.infer<typeof Role>;

export const NewRole = z.strictObject({
  /** A built-in one is changed by its id; the administrator's cannot be. */
  id: RoleId.nullable().default(null),
  version: BasedOn,
  /** Of a built-in one it is not kept. */
  name: line(80),
  permissions: z.array(Permission).max(100),
});

const builtIn: Record<BuiltInRole, readonly Permission[]> = {
  agent: ["work", "calls.begin", "templates.send", "agents.see", "customers.link", "canned_replies.manage"],
  supervisor: [
    "work",
    "calls.begin",
    "templates.send",
    "agents.see",
    "conversations.see_all",
    "interactions.assign",
    "floor.see",
    "floor.act",
    "tickets.manage",
    "comments.delete",
    "customers.reveal",
    "customers.link",
    "canned_replies.manage",
    "reports.see",
    "replay.run",
  ],
  // An administrator configures; reading customers' messages takes the supervisor's role beside it.
  admin: [
    "agents.see",
    "canned_replies.manage",
    "channels.manage",
    "people.manage",
    "roles.manage",
    "webhooks.manage",
    "audit.read",
    "replay.run",
  ],
};

/** The roles that a new contact centre begins with. */
export const builtInRoles: readonly Role[] = BuiltInRole.options.map((id) => ({
  id,
  name: "",
  permissions: [...builtIn[id]],
  version: 1,
}));

/** All that the given roles allow together; one that is not there allows nothing. */
export function permissionsOf(
  roleIds: readonly string[],
  roles: readonly Pick<Role, "id" | "permissions">[],
): Set<Permission> {
  return new Set(roles.filter((role) => roleIds.includes(role.id)).flatMap((role) => role.permissions));
}
