import type { CallerNumber, CallPurpose } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { formatPhone } from "../../ui/phone.ts";
import { Select } from "../../ui/select.tsx";

export interface HowToCall {
  /** `null`: for the first queue that has a number. */
  readonly queueId: string | null;
  readonly purpose: CallPurpose;
}

export const usual: HowToCall = { queueId: null, purpose: "service" };

interface ChoicesProps {
  readonly callers: readonly CallerNumber[];
  readonly how: HowToCall;
  readonly onChange: (how: HowToCall) => void;
}

/** Which number of ours they see, and whether it is to advertise, which the law knows rules for. */
export function Choices({ callers, how, onChange }: ChoicesProps) {
  const t = useT();
  const queues = useSelect((s) => s.people.queues);
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label={t("dial.from")}>
        <Select
          value={how.queueId ?? callers[0]?.queueId}
          disabled={callers.length < 2}
          placeholder={t("dial.noNumber")}
          onChange={(queueId) => onChange({ ...how, queueId })}
          options={callers.map(({ queueId, number }) => ({
            value: queueId,
            label: `${formatPhone(number)} · ${queues[queueId]?.name ?? ""}`,
          }))}
        />
      </Field>
      <Field label={t("dial.purpose")}>
        <Select
          value={how.purpose}
          onChange={(purpose) => onChange({ ...how, purpose })}
          options={[
            { value: "service", label: t("dial.service") },
            { value: "advertising", label: t("dial.advertising") },
          ]}
        />
      </Field>
    </div>
  );
}
