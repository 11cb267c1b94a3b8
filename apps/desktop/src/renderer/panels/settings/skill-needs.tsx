import type { Need } from "@tongdai/shared";
import { Plus, X } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { addsRow, Rows, removesRow } from "../../ui/rows.tsx";
import { Select } from "../../ui/select.tsx";

const levels = ["1", "2", "3", "4", "5"] as const;

interface SkillNeedsProps {
  readonly value: readonly Need[];
  readonly onChange: (value: readonly Need[]) => void;
  /** What the skills are for, read aloud with each of the controls. */
  readonly label: string;
  /** Said where there is none. */
  readonly none: string;
}

/** Skills with a level each: those of a person, or those that a queue asks for. */
export function SkillNeeds({ value, onChange, label, none }: SkillNeedsProps) {
  const t = useT();
  const skills = useSelect((s) => s.people.skills);
  const nameOf = (id: string) => skills[id]?.name ?? t("common.unknown");
  const all = Object.values(skills).sort((a, b) => a.name.localeCompare(b.name));
  const free = all.filter((skill) => !value.some((need) => need.skillId === skill.id));
  const change = (at: number, change: Partial<Need>) =>
    onChange(value.map((need, i) => (i === at ? { ...need, ...change } : need)));
  const next = free[0];
  return (
    <fieldset className="flex min-w-0 flex-col items-start gap-1">
      <legend className="sr-only">{label}</legend>
      {value.length === 0 && <p className="flex h-8 items-center text-body text-ink-3">{none}</p>}
      <Rows>
        {value.map((need, at) => (
          <div key={need.skillId} className="flex w-full min-w-0 items-center gap-1">
            <Select
              label={`${label}: ${t("rules.skills.choose")}`}
              value={need.skillId}
              onChange={(skillId) => change(at, { skillId })}
              options={all
                .filter((skill) => skill.id === need.skillId || free.includes(skill))
                .map((skill) => ({ value: skill.id, label: skill.name }))}
              className="min-w-0 flex-1"
            />
            <Select
              label={t("rules.skills.levelOf", { skill: nameOf(need.skillId) })}
              value={String(need.level)}
              onChange={(level) => change(at, { level: Number(level) })}
              options={levels.map((level) => ({ value: level, label: t(`rules.skills.levels.l${level}`) }))}
              className="w-28 shrink-0"
            />
            <IconButton
              icon={X}
              label={t("rules.skills.remove", { skill: nameOf(need.skillId) })}
              onClick={() => onChange(value.filter((other) => other !== need))}
              {...removesRow}
            />
          </div>
        ))}
        {next && (
          <Button
            size="small"
            variant="ghost"
            icon={Plus}
            {...addsRow}
            aria-label={`${label}: ${t("rules.rings.addNeed")}`}
            onClick={() => onChange([...value, { skillId: next.id, level: 3 }])}
          >
            {t("rules.rings.addNeed")}
          </Button>
        )}
      </Rows>
    </fieldset>
  );
}
