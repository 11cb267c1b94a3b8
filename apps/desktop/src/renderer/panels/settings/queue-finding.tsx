import { Strategy } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { RadioGroup } from "../../ui/toggles.tsx";
import { NumberField } from "./number-field.tsx";
import type { QueuePartProps } from "./queue-part.ts";

const modes = ["push", "pull"] as const;

/** Whether agents are asked, whom first, and for whom work is kept. */
export function QueueFinding({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  return (
    <>
      <Field label={t("rules.mode.label")}>
        <RadioGroup
          value={draft.mode}
          onChange={(mode) => onChange({ mode })}
          options={modes.map((mode) => ({
            value: mode,
            label: t(`rules.mode.${mode}`),
            hint: t(`rules.mode.${mode}Hint`),
          }))}
        />
      </Field>
      {draft.mode === "push" && (
        <Field label={t("rules.strategy.label")}>
          <RadioGroup
            value={draft.strategy}
            onChange={(strategy) => onChange({ strategy })}
            options={Strategy.options.map((strategy) => ({
              value: strategy,
              label: t(`rules.strategy.${strategy}`),
              hint: t(`rules.strategy.${strategy}Hint`),
            }))}
          />
        </Field>
      )}
      <fieldset>
        <legend className="text-small font-medium text-ink-2">{t("rules.keep.label")}</legend>
        <p className="mb-2 text-small text-ink-3">{t("rules.keep.hint")}</p>
        <div className="grid grid-cols-2 gap-4">
          <NumberField
            label={t("rules.keep.lastAgent")}
            unit={t("rules.seconds")}
            value={draft.lastAgent}
            onChange={(lastAgent) => onChange({ lastAgent })}
            error={errorOf("rules.lastAgentMs")}
          />
          <NumberField
            label={t("rules.keep.owner")}
            unit={t("rules.seconds")}
            value={draft.owner}
            onChange={(owner) => onChange({ owner })}
            error={errorOf("rules.ownerMs")}
          />
        </div>
      </fieldset>
    </>
  );
}
