import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { Checkbox } from "../../ui/toggles.tsx";
import { mayOwn } from "../owner-select.tsx";
import { NumberField } from "./number-field.tsx";
import { PeoplePicker } from "./people-picker.tsx";
import { dispositionsOf } from "./queue-draft.ts";
import type { QueuePartProps } from "./queue-part.ts";
import { TeamChoice } from "./team-choice.tsx";

/** Name, members, times, results. */
export function QueueGeneral({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  return (
    <>
      <Field label={t("admin.queues.name")} required {...errorOf("name")}>
        <Input
          value={draft.name}
          maxLength={80}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <TeamChoice
        label={t("teams.ofQueue")}
        hint={t("teams.ofQueueHint")}
        chosen={draft.teamIds}
        onChange={(teamIds) => onChange({ teamIds })}
      />
      <PeoplePicker
        label={t("admin.queues.membersLabel")}
        chosen={draft.memberIds}
        onChange={(memberIds) => onChange({ memberIds })}
        mayChoose={mayOwn}
      />
      <div className="grid grid-cols-2 gap-4">
        {(["offerSeconds", "wrapUpSeconds"] as const).map((key) => (
          <NumberField
            key={key}
            label={t(`admin.queues.${key}`)}
            hint={t(`admin.queues.${key}Hint`)}
            unit={t("admin.seconds")}
            value={draft[key]}
            onChange={(value) => onChange({ [key]: value })}
            error={errorOf(key)}
          />
        ))}
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Field
          label={t("admin.queues.dispositionsLabel")}
          hint={t("admin.queues.dispositionsHint")}
          required
          {...errorOf("dispositions")}
        >
          <Textarea
            value={draft.dispositions}
            minRows={5}
            onChange={(event) => onChange({ dispositions: event.target.value })}
          />
        </Field>
        <Unresolved
          dispositions={dispositionsOf(draft)}
          chosen={draft.unresolved}
          onChange={(unresolved) => onChange({ unresolved })}
        />
      </div>
    </>
  );
}

interface UnresolvedProps {
  readonly dispositions: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}

/** Which results leave the matter open: the wrap-up then proposes a ticket. */
function Unresolved({ dispositions, chosen, onChange }: UnresolvedProps) {
  const t = useT();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("admin.queues.unresolvedLabel")}</legend>
      <div className="max-h-44 overflow-y-auto rounded-ui border border-line p-2">
        {dispositions.map((name) => (
          <Checkbox
            key={name}
            checked={chosen.includes(name)}
            onChange={(on) => onChange(on ? [...chosen, name] : chosen.filter((other) => other !== name))}
            label={name}
          />
        ))}
      </div>
    </fieldset>
  );
}
