import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { useMayOwn } from "../owner-select.tsx";
import { NumberField } from "./number-field.tsx";
import { PeoplePicker } from "./people-picker.tsx";
import type { QueuePartProps } from "./queue-part.ts";
import { TeamChoice } from "./team-choice.tsx";

/** Name, members, times. */
export function QueueGeneral({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  const mayOwn = useMayOwn();
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
        <NumberField
          label={t("admin.queues.promise")}
          hint={t("admin.queues.promiseHint")}
          unit={t("admin.minutes")}
          value={draft.promise}
          onChange={(promise) => onChange({ promise })}
          error={errorOf("promiseMs")}
        />
      </div>
    </>
  );
}
