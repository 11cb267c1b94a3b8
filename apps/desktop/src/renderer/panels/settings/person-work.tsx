import { WorkKind } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import type { Submit } from "../use-submit.ts";
import type { AbilityDraft } from "./person-work-draft.ts";
import { SkillNeeds } from "./skill-needs.tsx";

interface SkillFieldsProps {
  readonly value: AbilityDraft;
  readonly onChange: (value: AbilityDraft) => void;
}

/** What somebody can do. */
export function SkillFields({ value, onChange }: SkillFieldsProps) {
  const t = useT();
  const hasSome = useSelect((s) => Object.keys(s.people.skills).length > 0);
  return (
    <section aria-label={t("rules.skills.ofPerson")} className="flex flex-col gap-1">
      <h3 className="text-small font-medium text-ink-2">{t("rules.skills.ofPerson")}</h3>
      {hasSome && <p className="text-small text-ink-3">{t("rules.skills.ofPersonHint")}</p>}
      <SkillNeeds
        value={value.skills}
        onChange={(skills) => onChange({ ...value, skills })}
        label={t("rules.skills.ofPerson")}
        none={hasSome ? t("common.none") : t("rules.skills.none")}
      />
    </section>
  );
}

interface LimitFieldsProps extends SkillFieldsProps {
  readonly errorOf: Submit["errorOf"];
}

/** How many of each kind of work at the same time; 0: none. */
export function LimitFields({ value, onChange, errorOf }: LimitFieldsProps) {
  const t = useT();
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("agent.capacity")}</legend>
      <p className="text-small text-ink-3">{t("admin.people.capacityHint")}</p>
      <div className="grid grid-cols-3 gap-4">
        {WorkKind.options.map((kind) => (
          <Field key={kind} label={t(`admin.people.limit.${kind}`)} required {...errorOf(kind)}>
            <Input
              value={value.limits[kind]}
              inputMode="numeric"
              onChange={(event) =>
                onChange({ ...value, limits: { ...value.limits, [kind]: event.target.value.trim() } })
              }
            />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
