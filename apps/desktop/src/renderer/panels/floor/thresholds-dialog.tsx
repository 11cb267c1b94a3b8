import { type QueueFloor, QueueThresholds, ThresholdMeasure } from "@tongdai/shared";
import { useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { setThresholds } from "../../actions/steer.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { toast } from "../../ui/toast.tsx";
import { asNumber } from "../numbers.ts";
import { useSubmit } from "../use-submit.ts";

interface ThresholdsDialogProps {
  readonly name: string;
  readonly figures: QueueFloor;
  readonly onClose: () => void;
}

const levels = ["warn", "alarm"] as const;
type Typed = Record<ThresholdMeasure, Record<(typeof levels)[number], string>>;

/** From where on a queue's figures are a warning or an alarm, for everybody. */
export function ThresholdsDialog({ name, figures, onClose }: ThresholdsDialogProps) {
  const t = useT();
  const client = useClient();
  // What was there when the dialog opened: somebody else may set it meanwhile.
  const [was] = useState(figures.thresholds);
  const [typed, setTyped] = useState(() => typedOf(was));
  const { busy, problem, submit } = useSubmit();
  const read = QueueThresholds.safeParse(numbersOf(typed));

  const save = async () => {
    if (!read.success) return;
    const { queueId } = figures;
    if (!(await submit(() => setThresholds(client, { queueId, was, thresholds: read.data })))) return;
    toast(t("board.thresholds.saved"), { tone: "success" });
    onClose();
  };
  return (
    <FormDialog
      title={t("board.thresholds.of", { queue: name })}
      lead={t("board.thresholds.lead")}
      width="small"
      busy={busy}
      problem={problem}
      isReady={read.success}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      {ThresholdMeasure.options.map((measure) => (
        <fieldset key={measure} className="grid grid-cols-2 gap-x-3">
          <legend className="mb-1 text-body font-medium text-ink">{t(`board.thresholds.${measure}`)}</legend>
          {levels.map((level) => (
            <Field
              key={level}
              label={t(`board.level.${level}`)}
              {...(fits(typed[measure][level], measure) ? {} : { error: t("board.thresholds.bad") })}
            >
              <Input
                inputMode="numeric"
                maxLength={6}
                value={typed[measure][level]}
                onChange={(event) =>
                  setTyped({
                    ...typed,
                    [measure]: { ...typed[measure], [level]: event.target.value.trim() },
                  })
                }
              />
            </Field>
          ))}
        </fieldset>
      ))}
    </FormDialog>
  );
}

const all = <V,>(of: (measure: ThresholdMeasure) => V) =>
  Object.fromEntries(ThresholdMeasure.options.map((m) => [m, of(m)])) as Record<ThresholdMeasure, V>;

const typedOf = (thresholds: QueueThresholds): Typed =>
  all((m) => ({ warn: String(thresholds[m].warn ?? ""), alarm: String(thresholds[m].alarm ?? "") }));

const numberOf = (text: string): number | null => (text === "" ? null : asNumber(text));

const numbersOf = (typed: Typed) =>
  all((m) => ({ warn: numberOf(typed[m].warn), alarm: numberOf(typed[m].alarm) }));

const fits = (text: string, measure: ThresholdMeasure): boolean =>
  QueueThresholds.shape[measure].shape.warn.safeParse(numberOf(text)).success;
