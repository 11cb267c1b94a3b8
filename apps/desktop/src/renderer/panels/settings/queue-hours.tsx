import type { OutOfHours } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Textarea } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { RadioGroup } from "../../ui/toggles.tsx";

export interface QueueHoursValue {
  readonly hoursId: string | null;
  readonly reply: string;
  readonly action: OutOfHours["action"];
}

interface QueueHoursProps {
  readonly value: QueueHoursValue;
  readonly error: string | undefined;
  readonly onChange: (value: QueueHoursValue) => void;
}

const ALWAYS = "always";

/** When the queue is open, and what happens with what comes while it is not. */
export function QueueHours({ value, error, onChange }: QueueHoursProps) {
  const t = useT();
  const hours = useSelect((s) => s.people.hours);
  const options = [
    { value: ALWAYS, label: t("hours.always") },
    ...Object.values(hours)
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <Field label={t("settings.hours.title")} hint={t("hours.ofQueueHint")} error={error}>
        <Select
          value={value.hoursId ?? ALWAYS}
          onChange={(id) => onChange({ ...value, hoursId: id === ALWAYS ? null : id })}
          options={options}
        />
      </Field>
      {value.hoursId !== null && (
        <>
          <Field label={t("hours.action")}>
            <RadioGroup
              value={value.action}
              onChange={(action) => onChange({ ...value, action })}
              options={(["hold", "ticket"] as const).map((action) => ({
                value: action,
                label: t(`hours.actions.${action}`),
                hint: t(`hours.actionHint.${action}`),
              }))}
            />
          </Field>
          <Field label={t("hours.reply")} hint={t("hours.replyHint")} optional>
            <Textarea
              value={value.reply}
              maxLength={1_000}
              onChange={(event) => onChange({ ...value, reply: event.target.value })}
            />
          </Field>
        </>
      )}
    </>
  );
}
