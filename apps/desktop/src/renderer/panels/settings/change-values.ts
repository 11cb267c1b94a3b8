import {
  CapacityRule,
  Disposition,
  dispositionLeaves,
  FormField,
  LevelRule,
  Need,
  Overflow,
  PlaceNotice,
  PriorityRule,
  QueueRules,
  ReportDefinition,
  Ring,
  Spans,
  SpecialDay,
  WaitStep,
} from "@tongdai/shared";
import { z } from "zod";
import type { T } from "../../i18n/index.ts";
import type { PeopleSlice } from "../../state/model.ts";
import { formatDuration } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { nameIn } from "./config-names.ts";
import { writeSpans } from "./hours-text.ts";

export interface Words {
  readonly people: PeopleSlice;
  readonly t: T;
}

/** As the audit has it: "480-1020". */
const MinuteSpan = z
  .string()
  .transform((text) => [text.split("-").map(Number)])
  .pipe(Spans);

type Say = (value: unknown, words: Words) => string | null;

const { mode, strategy } = QueueRules.shape;

/** A value of a field in words, by where the field is; of a list, one entry. */
const values: Readonly<Record<string, Say>> = {
  "rules.mode": say(mode, (m, { t }) => t(`rules.mode.${m}`)),
  "rules.strategy": say(strategy, (s, { t }) => t(`rules.strategy.${s}`)),
  "rules.rings": say(Ring, ringText),
  "rules.overflow": say(Overflow, overflowText),
  "rules.priority.byWindow": say(
    PriorityRule.shape.byWindow.element,
    ({ withinMs, points }, { t }) => `< ${withinMs / 3_600_000} ${t("rules.hours")}: ${points}`,
  ),
  "waiting.steps": say(WaitStep, stepText),
  "waiting.place": say(PlaceNotice, ({ text }) => neutralise(text)),
  "outOfHours.action": say(z.enum(["hold", "ticket"]), (a, { t }) => t(`hours.actions.${a}`)),
  "wrapUp.form": say(FormField, ({ label, kind, required, options }, { t }) =>
    [
      neutralise(label),
      `(${[t(`wrapUp.edit.kinds.${kind}`), required ? t("wrapUp.edit.required").toLowerCase() : ""].filter(Boolean).join(", ")})`,
      neutralise(options.join("; ")),
    ]
      .filter(Boolean)
      .join(" "),
  ),
  dispositions: say(Disposition, dispositionText),
  interrupts: say(CapacityRule.shape.interrupts.element, ({ by, over }, { t }) =>
    t("rules.capacity.over", { by: t(`rules.capacity.kind.${by}`), over: t(`rules.capacity.kind.${over}`) }),
  ),
  needs: say(Need, needText),
  callers: say(z.string(), callerText),
  serviceHours: say(MinuteSpan, spansText),
  advertisingHours: say(MinuteSpan, spansText),
  weekly: say(Spans, spansText),
  days: say(SpecialDay, ({ name, spans }, words) => `${neutralise(name)} ${spansText(spans, words)}`),
  level: say(LevelRule, (rule, { t }) => t(`report.levels.${rule}`)),
  answer: say(ReportDefinition.shape.answer.unwrap(), (a, { t }) => t(`report.answers.${a}`)),
};

/** `null`: not a value that is told in a way of its own. */
export function ownText(path: readonly string[], value: unknown, words: Words): string | null {
  const own = values[path.join(".")] ?? values[path[0] ?? ""];
  const text = own?.(value, words) ?? null;
  if (text !== null) return text;
  return path.at(-1)?.endsWith("Ms") && typeof value === "number" ? formatDuration(value) : null;
}

function say<S extends z.ZodType>(schema: S, text: (value: z.infer<S>, words: Words) => string): Say {
  return (value, words) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? text(parsed.data, words) : null;
  };
}

function needText({ skillId, level }: Need, { people }: Words): string {
  return `${nameIn(people.skills, skillId)} ${level}`;
}

function ringText({ afterMs, needs, prefers }: Ring, words: Words): string {
  const { t } = words;
  const from =
    afterMs === 0 ? t("rules.rings.atOnce") : `${t("rules.rings.from")} ${formatDuration(afterMs)}`;
  const must = needs.map((n) => needText(n, words)).join(" + ") || t("rules.rings.anybody");
  const better = prefers.map((n) => needText(n, words)).join(" + ");
  return `${from}: ${must}${better ? ` (${t("rules.rings.prefers").toLowerCase()}: ${better})` : ""}`;
}

function overflowText({ queueId, afterMs, longerThan }: Overflow, { people }: Words): string {
  const after = afterMs === null ? [] : [`≥ ${formatDuration(afterMs)}`];
  const longer = longerThan === null ? [] : [`> ${longerThan}`];
  return `${nameIn(people.queues, queueId)} ${[...after, ...longer].join(" / ")}`;
}

function stepText(step: WaitStep, { people, t }: Words): string {
  const what = t(`waiting.actions.${step.action}`);
  const more =
    step.action === "move"
      ? `: ${nameIn(people.queues, step.queueId)}`
      : step.action === "message"
        ? `: ${neutralise(step.text)}`
        : "";
  return `${formatDuration(step.afterMs)} ${what}${more}`;
}

/** A group is told by its leaves. */
function dispositionText(disposition: Disposition, { t }: Words): string {
  return dispositionLeaves([disposition])
    .map(({ path, resolved }) => `${neutralise(path)}${resolved ? "" : ` (${t("wrapUp.open")})`}`)
    .join(", ");
}

/** As the audit has it: "<queue> <account>". */
function callerText(caller: string, { people }: Words): string {
  const [queueId = "", accountId = ""] = caller.split(" ");
  return `${nameIn(people.queues, queueId)}: ${nameIn(people.accounts, accountId)}`;
}

function spansText(spans: Spans, { t }: Words): string {
  return writeSpans(spans) || t("hours.closedDay");
}
