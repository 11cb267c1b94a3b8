import type { FieldChange } from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { ownText, type Words } from "./change-values.ts";
import { weekdays } from "./hours-week.tsx";

/** Fields by where they are, named as in their forms. What is not here is named by the words of the log. */
const labels: Readonly<Record<string, (t: T) => string>> = {
  "rules.mode": (t) => t("rules.mode.label"),
  "rules.strategy": (t) => t("rules.strategy.label"),
  "rules.lastAgentMs": (t) => `${t("rules.keep.label")}, ${t("rules.keep.lastAgent")}`,
  "rules.ownerMs": (t) => `${t("rules.keep.label")}, ${t("rules.keep.owner")}`,
  "rules.rings": (t) => t("rules.rings.caption"),
  "rules.overflow": (t) => t("rules.tabs.help"),
  "rules.priority": (t) => t("rules.tabs.priority"),
  "rules.priority.base": (t) => `${t("rules.tabs.priority")}, ${t("rules.priority.base")}`,
  "rules.priority.perMinute": (t) => `${t("rules.tabs.priority")}, ${t("rules.priority.perMinute")}`,
  "rules.priority.byTag": (t) => `${t("rules.tabs.priority")}, ${t("rules.priority.byTag")}`,
  "rules.priority.byChannel": (t) => `${t("rules.tabs.priority")}, ${t("rules.priority.byChannel")}`,
  "rules.priority.byWindow": (t) => `${t("rules.tabs.priority")}, ${t("rules.priority.byWindow")}`,
  "waiting.steps": (t) => t("waiting.steps"),
  "waiting.place": (t) => t("waiting.tells"),
  "waiting.place.text": (t) => `${t("waiting.place")}, ${t("waiting.placeText")}`,
  "waiting.place.everyMs": (t) => `${t("waiting.place")}, ${t("waiting.every")}`,
  "outOfHours.reply": (t) => t("hours.reply"),
  "outOfHours.action": (t) => t("hours.action"),
  "wrapUp.needsDisposition": (t) => t("wrapUp.edit.needs"),
  "wrapUp.extensions": (t) => t("wrapUp.edit.extensions"),
  "wrapUp.extendSeconds": (t) => t("wrapUp.edit.extendSeconds"),
  "wrapUp.form": (t) => t("wrapUp.edit.form"),
  "limits.call": (t) => t("admin.people.limit.call"),
  "limits.chat": (t) => t("admin.people.limit.chat"),
  "limits.mail": (t) => t("admin.people.limit.mail"),
  promiseMs: (t) => t("admin.queues.promise"),
  reasons: (t) => t("states.rules.reasons"),
  "maxMinutes.busy": (t) => t("states.rules.busy"),
  "maxMinutes.missed": (t) => t("states.rules.missed"),
  countries: (t) => t("outbound.countries"),
  premium: (t) => t("outbound.premium"),
  perAgent: (t) => t("outbound.perAgent"),
  perDay: (t) => t("outbound.perDay"),
  callers: (t) => t("outbound.callers"),
  serviceHours: (t) => t("outbound.service"),
  advertisingHours: (t) => t("outbound.advertising"),
  keepHours: (t) => t("states.rules.keep"),
  level: (t) => t("report.level"),
  answer: (t) => t("report.answer"),
  targetSeconds: (t) => t("report.target"),
  shortAbandonSeconds: (t) => t("report.short"),
  repeatDays: (t) => t("report.repeat"),
  "waiting.warn": (t) => `${t("board.thresholds.waiting")} (${t("board.level.warn")})`,
  "waiting.alarm": (t) => `${t("board.thresholds.waiting")} (${t("board.level.alarm")})`,
  "longest.warn": (t) => `${t("board.thresholds.longest")} (${t("board.level.warn")})`,
  "longest.alarm": (t) => `${t("board.thresholds.longest")} (${t("board.level.alarm")})`,
  "level.warn": (t) => `${t("board.thresholds.level")} (${t("board.level.warn")})`,
  "level.alarm": (t) => `${t("board.thresholds.level")} (${t("board.level.alarm")})`,
  "free.warn": (t) => `${t("board.thresholds.free")} (${t("board.level.warn")})`,
  "free.alarm": (t) => `${t("board.thresholds.free")} (${t("board.level.alarm")})`,
};

interface Saying extends Words {
  /** A name or a code in a list of the log's own words. */
  readonly word: (field: string, value: unknown) => string;
  readonly key: (field: string) => string;
  /** What is told has just been made: there is nothing that it was. */
  readonly isNew: boolean;
}

/** One change: `Strategy: Longest idle → Most skilled`; of a list what has gone and what has come. */
export function changeLine({ path, was, is }: FieldChange, words: Saying): string {
  const label = labelOf(path, words);
  const isList = path[0] !== "weekly" && Array.isArray(was) && Array.isArray(is);
  if (isList && was.length === 0) return `${label}: + ${textOf(path, is, words)}`;
  if (isList && is.length === 0) return `${label}: − ${textOf(path, was, words)}`;
  const now = textOf(path, is, words) || "–";
  return words.isNew ? `${label}: ${now}` : `${label}: ${textOf(path, was, words) || "–"} → ${now}`;
}

function labelOf(path: readonly string[], words: Saying): string {
  const { t, word, key } = words;
  const whole = labels[path.join(".")];
  if (whole) return whole(t);
  const [field = "", entry = ""] = path;
  if (field === "weekly") {
    const day = weekdays[Number(entry)];
    return day ? t(`hours.weekday.${day}`) : key(field);
  }
  const outer = labels[path.slice(0, -1).join(".")]?.(t) ?? key(field);
  // The name of an entry: a tag, a channel, a skill, a date.
  return path.length === 1 ? outer : `${outer}, ${word(entryKind(path), path.at(-1))}`;
}

const kinds: Readonly<Record<string, string>> = { byChannel: "channel", config: "fields" };

const entryKind = (path: readonly string[]): string => kinds[path.at(-2) ?? ""] ?? path[0] ?? "";

/** The name of the nearest field around it that has one. */
export function fieldLabel(path: readonly string[], words: Saying): string {
  for (let length = path.length; length > 1; length--) {
    const known = labels[path.slice(0, length).join(".")];
    if (known) return known(words.t);
  }
  return path.length > 0 ? labelOf(path.slice(0, 1), words) : "";
}

function textOf(path: readonly string[], value: unknown, words: Saying): string {
  const own = ownText(path, value, words);
  if (own !== null) return own;
  if (Array.isArray(value))
    return value
      .map((each: unknown) => textOf(path, each, words))
      .filter(Boolean)
      .join(", ");
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([name, each]) =>
        changeLine({ path: [...path, name], was: null, is: each }, { ...words, isNew: true }),
      )
      .join(", ");
  return path.length === 1 ? words.word(path[0] ?? "", value) : plain(value, words.t);
}

const plain = (value: unknown, t: T): string =>
  typeof value === "boolean"
    ? t(value ? "common.yes" : "common.no")
    : typeof value === "string"
      ? neutralise(value)
      : "";
