import { type ConfigPlan, ConfigSection, type ConfigStep } from "@tongdai/shared";
import { Equal, Pencil, Plus, TriangleAlert } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { lines } from "./audit-words.ts";
import { plainName } from "./config-names.ts";
import { frame, Group } from "./page.tsx";

/** Places of one thing that are shown: past these it is another thing, more or less. */
const mostChanges = 12;
const mostLetters = 240;
const icons = { created: Plus, changed: Pencil, left: Equal };

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
    const touched = steps.filter((step) => step.did !== "left" || step.todo !== null);
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
  const people = useSelect((state) => state.people);
  const told = lines(step.changes, { people, t }, false);
  const Icon = icons[step.did];
  const more = step.changes.length - mostChanges;
  return (
    <li className="px-4 py-2.5">
      <p className="flex items-center gap-2 text-body">
        <Icon size={14} aria-hidden className="shrink-0 text-ink-3" />
        <span className="min-w-0 truncate font-medium">
          {plainName(step.name) || sectionText(step.section, t)}
        </span>
        <span className="shrink-0 text-small text-ink-3">{t(`configFile.${step.did}`)}</span>
      </p>
      {step.changes.length > 0 && (
        <ul className="mt-1 flex flex-col gap-0.5 pl-5.5 text-body">
          {told.slice(0, mostChanges).map((line) => (
            <li key={line} className="wrap-anywhere text-ink-2">
              {line.length > mostLetters ? `${line.slice(0, mostLetters)}…` : line}
            </li>
          ))}
          {more > 0 && <li className="text-ink-3">{t("configFile.more", { count: more })}</li>}
        </ul>
      )}
      {step.todo && (
        <p className="mt-1 flex items-start gap-2 text-body text-amber-ink">
          <TriangleAlert size={14} aria-hidden className="mt-0.75 shrink-0" />
          {t(`configFile.todo.${step.todo}`)}
        </p>
      )}
    </li>
  );
}

/** A kind that this client does not know yet goes by the file's own word. */
export function sectionText(section: string, t: T): string {
  const known = ConfigSection.safeParse(section);
  return known.success ? t(`configFile.section.${known.data}`) : section;
}
