import { z } from "zod";
import { type CommandName, commands } from "./commands.ts";
import { FieldChange } from "./field-change.ts";
import type { Permission } from "./permissions.ts";

/** The kinds of things in the file, in the order in which they need each other, and the commands that save them. */
const savedBy = {
  roles: ["role.save"],
  skills: ["skill.save"],
  hours: ["hours.save"],
  people: ["user.create", "user.update"],
  teams: ["team.save"],
  queues: ["queue.save"],
  thresholds: ["floor.set_thresholds"],
  channelAccounts: ["channel_account.save"],
  capacity: ["capacity.save"],
  states: ["state_rules.save"],
  floor: ["floor.define"],
  cannedReplies: ["canned_reply.save"],
  webhooks: ["webhook.save"],
} as const satisfies Record<string, readonly CommandName[]>;

export const ConfigSection = z.enum(Object.keys(savedBy) as [keyof typeof savedBy]);
export type ConfigSection = z.infer<typeof ConfigSection>;

/** What a kind of thing asks for, to take it out and to bring it in: no more and no less than its own commands. */
export const configPermissions = (section: ConfigSection): Permission[] => [
  ...new Set(
    savedBy[section].map((name: CommandName) => commands[name].permission).filter((p) => p !== null),
  ),
];

/** The configuration as one file: `GET /api/v1/config.json`, `POST /api/v1/config`. Each kind of thing is a list by its name. */
export const ConfigFile = z.strictObject({
  format: z.literal("tongdai.config"),
  version: z.literal(1),
  content: z.record(z.string().max(40), z.array(z.record(z.string(), z.unknown())).max(5_000)),
});
export type ConfigFile = z.infer<typeof ConfigFile>;

/** What somebody has to do by hand, because no file holds it: until then the thing rests. */
export const ConfigTodo = z.enum(["give_secrets", "give_password", "switch_on"]);
export type ConfigTodo = z.infer<typeof ConfigTodo>;

/** What is, or would be, done with one thing of the file. Things are named in it as the file names them: `@queue:Bảo hành`. */
export const ConfigStep = z.object({
  section: z.string(),
  name: z.string(),
  did: z.enum(["created", "changed", "left"]),
  changes: z.array(FieldChange),
  todo: ConfigTodo.nullable().default(null),
});
export type ConfigStep = z.infer<typeof ConfigStep>;

export const ConfigPlan = z.object({ steps: z.array(ConfigStep) });
export type ConfigPlan = z.infer<typeof ConfigPlan>;

/** Why a file is refused: `details.reason` of the refusal, beside `details.place`. Features have reasons of their own. */
export const ConfigFault = z.enum([
  "too_deep",
  "other_version",
  "unknown_section",
  /** `details.named` is what the file names and is not there. */
  "not_there",
  /** A feature says so, by its own word. */
  "not_found",
  "clash",
  "twice",
  "missing",
  "unknown_field",
  "wrong_kind",
  "wrong_form",
  "wrong_value",
  "too_much",
  "too_little",
]);
export type ConfigFault = z.infer<typeof ConfigFault>;
