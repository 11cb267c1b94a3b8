import {
  type AuditAction,
  auditActions,
  CapacityRule,
  ChannelId,
  HealthState,
  OutOfHours,
  Permission,
} from "@tongdai/shared";
import { z } from "zod";
import type { T } from "../../i18n/index.ts";
import type { PeopleSlice } from "../../state/model.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { roleName } from "../role-name.ts";

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
  return id.test(target) ? "" : neutralise(target);
}

const keys = [
  "name",
  "username",
  "roles",
  "disabled",
  "password",
  "channel",
  "enabled",
  "fields",
  "state",
  "memberIds",
  "added",
  "removed",
  "permissions",
  "queueIds",
  "teamIds",
  "leadIds",
  "colour",
  "offerSeconds",
  "wrapUpSeconds",
  "limits",
  "skills",
  "rules",
  "idleChat",
  "interrupts",
  "shortcut",
  "text",
  "dispositions",
  "sessionsEnded",
  "hoursId",
  "outOfHours",
  "timeZone",
  "weekly",
  "days",
  "created",
  "url",
  "events",
  "texts",
  "reason",
  "type",
] as const;
type KnownKey = (typeof keys)[number];

interface Words {
  readonly people: PeopleSlice;
  readonly t: T;
}

/** What there is to know of it, without what says nothing: no value, or the name that stands before it already. */
export function detailText(detail: Readonly<Record<string, unknown>>, target: string, words: Words): string {
  return Object.entries(detail)
    .map(([name, value]) => ({ name, text: changeText(name, value, words) }))
    .filter(({ name, text }) => text !== "" && name !== "id" && text !== target)
    .map(({ name, text }) => `${keyText(name, words.t)}: ${text}`)
    .join("; ");
}

function keyText(name: string, t: T): string {
  const key = keys.find((k): k is KnownKey => k === name);
  return key ? t(`admin.audit.key.${key}`) : name;
}

/** What stands in a thing without being saved with it, or is told by another name. */
const unsaved = new Set(["id", "version", "health", "memberIds"]);

/** What is different in a thing, as it is now; of what a line cannot tell only that it is. */
export function changedText(was: object, now: object, words: Words): string {
  const before = new Map<string, unknown>(Object.entries(was));
  return Object.entries(now)
    .filter(([name]) => !unsaved.has(name) || (name === "memberIds" && !("namedIds" in now)))
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)))
    .map(([name, value]: [string, unknown]) => {
      const key = keyText(name === "namedIds" ? "memberIds" : name, words.t);
      const isShort = typeof value !== "object" || (Array.isArray(value) && typeof value[0] === "string");
      return isShort ? `${key}: ${valueText(name, value, words)}` : key;
    })
    .join("; ");
}

const changing = new Set([
  "url",
  "events",
  "texts",
  "enabled",
  "name",
  "roles",
  "disabled",
  "limits",
  "skills",
  "shortcut",
  "text",
]);

/** A change of a person or a canned reply is told as what it was and what it is. */
function changeText(name: string, value: unknown, words: Words): string {
  // That there is a new one, and never which.
  if (name === "password") return words.t("common.yes");
  // More than a line can tell.
  if (name === "rules") return value === undefined ? "" : words.t("common.yes");
  const isChange = changing.has(name) && Array.isArray(value) && value.length === 2;
  const isPair = isChange && ((name !== "roles" && name !== "events") || value.every(Array.isArray));
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
  const pair = Pair.safeParse(value);
  if (pair.success)
    return words.t("rules.capacity.over", {
      by: words.t(`rules.capacity.kind.${pair.data.by}`),
      over: words.t(`rules.capacity.kind.${pair.data.over}`),
    });
  if (typeof value === "object" && "name" in value && typeof value.name === "string") return value.name;
  if (name === "outOfHours") return outOfHoursText(value, words.t);
  // A thing with a name, a result of a queue for example, is told by it.
  const named = Named.safeParse(value);
  if (named.success) return neutralise(named.data.name);
  return typeof value === "string" ? wordText(name, value, words) : JSON.stringify(value);
}

function outOfHoursText(value: unknown, t: T): string {
  const rule = OutOfHours.safeParse(value);
  if (!rule.success) return "";
  const { reply, action } = rule.data;
  const does = t(`hours.actions.${action}`);
  return reply === null ? does : `${does}, ${t("hours.reply").toLowerCase()}: ${neutralise(reply)}`;
}

/** Of a channel's settings the log knows which were filled in, and never with what. */
const fields = ["appId", "appSecret", "verifyToken", "pageId", "pageToken", "graphUrl"] as const;

const Pair = CapacityRule.shape.interrupts.element;

const skillsText = (levels: object, { people }: Words): string =>
  Object.entries(levels)
    .map(([skillId, level]) => `${neutralise(people.skills[skillId]?.name ?? "?")} ${String(level)}`)
    .join(", ");

const Named = z.object({ name: z.string() });

const listsPermissions = new Set(["added", "removed", "permissions"]);

/** Codes become words where they are codes: a person may be called "admin" too. */
function wordText(name: string, value: string, { people, t }: Words): string {
  const field = name === "fields" ? fields.find((known) => known === value) : undefined;
  if (field) return t(`admin.facebook.${field}`);
  if (name === "roles") return roleName(people.roles[value] ?? { id: value, name: "" }, t);
  const permission = Permission.safeParse(value);
  if (listsPermissions.has(name) && permission.success) return t(`roles.can.${permission.data}`);
  const channel = ChannelId.safeParse(value);
  if (name === "channel" && channel.success) return t(`common.channel.${channel.data}`);
  const health = HealthState.safeParse(value);
  if (name === "state" && health.success) return t(`admin.health.${health.data}`);
  return targetText(value, people);
}
