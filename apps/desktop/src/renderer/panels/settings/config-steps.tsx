import type { ConfigChange, ConfigPlan, ConfigStep } from "@tongdai/shared";
import { ArrowRight, Pencil, Plus } from "lucide-react";
import { type T, useT } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { frame, Group } from "./page.tsx";

/** Places of one thing that are shown: past these it is another thing, more or less. */
const mostChanges = 12;
const mostLetters = 160;

export function countsOf(steps: readonly ConfigStep[]): Record<ConfigStep["did"], number> {
  const counts = { created: 0, changed: 0, left: 0 };
  for (const { did } of steps) counts[did]++;
  return counts;
}

/** Kind by kind what becomes new and what becomes another; of what stays, only how much. */
export function ConfigSteps({ plan }: { readonly plan: ConfigPlan }) {
  const t = useT();
  const kinds = [...Map.groupBy(plan.steps, (step) => step.section)];
  return kinds.map(([section, steps]) => {
    const touched = steps.filter((step) => step.did !== "left");
    const left = steps.length - touched.length;
    return (
      <Group key={section} title={sectionText(section, t)}>
        {touched.length > 0 && (
          <ul className={frame}>
            {touched.map((step, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a plan does not change, and names may be alike
              <Thing key={i} step={step} />
            ))}
          </ul>
        )}
        {left > 0 && <p className="mt-1.5 text-body text-ink-3">{t("configFile.same", { count: left })}</p>}
      </Group>
    );
  });
}

function Thing({ step }: { readonly step: ConfigStep }) {
  const t = useT();
  const isNew = step.did === "created";
  const Icon = isNew ? Plus : Pencil;
  const more = step.changes.length - mostChanges;
  return (
    <li className="px-4 py-2.5">
      <p className="flex items-center gap-2 text-body">
        <Icon size={14} aria-hidden className="shrink-0 text-ink-3" />
        <span className="min-w-0 truncate font-medium">
          {neutralise(step.name) || sectionText(step.section, t)}
        </span>
        <span className="shrink-0 text-small text-ink-3">
          {t(isNew ? "configFile.created" : "configFile.changed")}
        </span>
      </p>
      {step.changes.length > 0 && (
        <ul className="mt-1 flex flex-col gap-0.5 pl-5.5 text-body">
          {step.changes.slice(0, mostChanges).map((change) => (
            <Change key={change.field} change={change} />
          ))}
          {more > 0 && <li className="text-ink-3">{t("configFile.more", { count: more })}</li>}
        </ul>
      )}
    </li>
  );
}

function Change({ change }: { readonly change: ConfigChange }) {
  const t = useT();
  return (
    <li className="wrap-anywhere">
      <code className="mr-2 text-small text-ink-3">{change.field}</code>
      <span className="text-ink-2">{valueText(change.from, t)}</span>
      <ArrowRight size={12} role="img" aria-label="→" className="mx-1.5 inline text-ink-3" />
      <span>{valueText(change.to, t)}</span>
    </li>
  );
}

const sections = [
  "roles",
  "skills",
  "hours",
  "teams",
  "queues",
  "capacity",
  "states",
  "floor",
  "cannedReplies",
  "webhooks",
] as const;

/** A kind that this client does not know yet goes by the file's own word. */
function sectionText(section: string, t: T): string {
  const known = sections.find((other) => other === section);
  return known ? t(`configFile.section.${known}`) : section;
}

/** Names of things lose the mark that they carry in the file. */
function valueText(value: unknown, t: T): string {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0))
    return t("configFile.none");
  if (typeof value === "boolean") return t(value ? "configFile.yes" : "configFile.no");
  const bare = (text: string) => text.replace(/^@\w+:/, "");
  const text =
    typeof value === "string"
      ? bare(value)
      : Array.isArray(value) && value.every((each) => typeof each === "string")
        ? value.map(bare).join(", ")
        : JSON.stringify(value);
  const safe = neutralise(text);
  return safe.length > mostLetters ? `${safe.slice(0, mostLetters)}…` : safe;
}
