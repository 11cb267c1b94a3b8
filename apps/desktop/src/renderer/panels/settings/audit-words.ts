import {
  type AuditAction,
  auditActions,
  ChannelId,
  changesBetween,
  FieldChange,
  HealthState,
  Permission,
} from "@tongdai/shared";
import { z } from "zod";
import { currentLanguage, type T } from "../../i18n/index.ts";
import type { PeopleSlice } from "../../state/model.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { roleName } from "../role-name.ts";
import type { Words } from "./change-values.ts";
import { changeLine, fieldLabel } from "./change-words.ts";
import { nameIn, plainName } from "./config-names.ts";

/** What was done, in words; what this client does not know yet stays as the gateway calls it. */
export function actionText(action: string, t: T): string {
  const known = auditActions.find((a) => a === action);
  return known ? t(`admin.audit.action.${known.replace(".", "_") as Worded<AuditAction>}`) : action;
}

/** Paths into the sentences are divided by full stops. */
type Worded<A extends string> = A extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never;

const id = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** The person, queue or account of an id; empty for an id that nobody can read. */
export function targetText(target: string, people: PeopleSlice): string {
  const thing =
    people.users[target] ??
    people.queues[target] ??
    people.accounts[target] ??
    people.hours[target] ??
    people.skills[target] ??
    people.teams[target] ??
    people.webhooks[target] ??
    people.roles[target];
  if (thing) return neutralise(thing.name);
  return id.test(target) ? "" : plainName(target);
}

const keys = [
  "name",
  "names",
  "username",
  "roles",
  "disabled",
  "password",
  "channel",
  "enabled",
  "fields",
  "state",
  "memberIds",
  "permissions",
  "queueIds",
  "teamIds",
  "leadIds",
  "colour",
  "offerSeconds",
  "wrapUpSeconds",
  "limits",
  "skills",
  "idleChat",
  "interrupts",
  "shortcut",
  "text",
  "dispositions",
  "sessionsEnded",
  "hoursId",
  "timeZone",
  "weekly",
  "days",
  "created",
  "url",
  "events",
  "texts",
  "reason",
  "type",
  "queueId",
  "needs",
  "externalId",
  "config",
] as const;
type KnownKey = (typeof keys)[number];

/** What there is to know of it, without what says nothing: no value, or the name that stands before it already. */
export function detailText(detail: Readonly<Record<string, unknown>>, target: string, words: Words): string {
  const { changes, ...rest } = detail;
  const said = Object.entries(rest)
    .map(([name, value]) => ({ name, text: changeText(name, value, words) }))
    .filter(({ name, text }) => text !== "" && name !== "id" && text !== target)
    .map(({ name, text }) => `${keyText(name, words.t)}: ${text}`);
  const changed = Changes.safeParse(changes).data?.filter((c) => c.is !== rest["name"] || c.was !== null);
  return [...said, ...lines(changed ?? [], words, detail["created"] === true)].join("; ");
}

const Changes = z.array(FieldChange);

const saying = (words: Words, isNew: boolean) => ({
  ...words,
  isNew,
  word: (field: string, value: unknown) => valueText(field, value, words),
  key: (field: string) => keyText(field === "namedIds" ? "memberIds" : field, words.t),
});

/** Each change in a line of its own. */
export const lines = (changes: readonly FieldChange[], words: Words, isNew: boolean): string[] =>
  changes.map((change) => changeLine(change, saying(words, isNew)));

/** What a field is called, by where it is; as far down as it has a name. */
export const placeLabel = (path: readonly string[], words: Words): string =>
  fieldLabel(path, saying(words, false));

function keyText(name: string, t: T): string {
  const key = keys.find((k): k is KnownKey => k === name);
  return key ? t(`admin.audit.key.${key}`) : name;
}

/** What is different in a thing, field by field. */
export const changedText = (was: object, now: object, words: Words): string =>
  lines(changesBetween(was, now), words, false).join("; ");

const changing = new Set(["name", "roles", "disabled", "limits", "skills", "shortcut", "text"]);

/** A change of a person or a canned reply is told as what it was and what it is. */
function changeText(name: string, value: unknown, words: Words): string {
  if (name === "created" && value === false) return "";
  // That there is a new one, and never which.
  if (name === "password") return words.t("common.yes");
  const isChange = changing.has(name) && Array.isArray(value) && value.length === 2;
  const isPair = isChange && (name !== "roles" || value.every(Array.isArray));
  const sides: unknown[] = isPair ? value : [value];
  return sides.map((side) => valueText(name, side, words)).join(" → ");
}

function valueText(name: string, value: unknown, words: Words): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return words.t(value ? "common.yes" : "common.no");
  if (Array.isArray(value))
    return value
      .map((each) => valueText(name, each, words))
      .filter(Boolean)
      .join(", ");
  if (name === "skills" && typeof value === "object") return skillsText(value, words);
  if (typeof value === "object")
    return lines(changesBetween({ [name]: {} }, { [name]: value }), words, true).join(", ");
  return typeof value === "string" ? wordText(name, value, words) : JSON.stringify(value);
}

/** Of a channel's settings the log knows which were filled in, and never with what. */
const fieldText = (name: string, { channels }: PeopleSlice): string | undefined =>
  Object.values(channels)
    .flatMap(({ setup }) => setup?.fields ?? [])
    .find((field) => field.name === name)?.label[currentLanguage()];

const skillsText = (levels: object, { people }: Words): string =>
  Object.entries(levels)
    .map(([skillId, level]) => `${nameIn(people.skills, skillId)} ${String(level)}`)
    .join(", ");

const listsPermissions = new Set(["permissions"]);

/** Codes become words where they are codes: a person may be called "admin" too. */
function wordText(name: string, value: string, { people, t }: Words): string {
  const field = name === "fields" ? fieldText(value, people) : undefined;
  if (field) return field;
  if (name === "roles") return roleName(people.roles[value] ?? { id: value, name: plainName(value) }, t);
  const permission = Permission.safeParse(value);
  if (listsPermissions.has(name) && permission.success) return t(`roles.can.${permission.data}`);
  const channel = ChannelId.safeParse(value);
  if (name === "channel" && channel.success) return t(`common.channel.${channel.data}`);
  const health = HealthState.safeParse(value);
  if (name === "state" && health.success) return t(`admin.health.${health.data}`);
  return targetText(value, people);
}
