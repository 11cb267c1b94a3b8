import { placeText, WaitAction } from "@tongdai/shared";
import { Plus, X } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Textarea } from "../../ui/input.tsx";
import { addsRow, Rows, removesRow } from "../../ui/rows.tsx";
import { Select } from "../../ui/select.tsx";
import { Switch } from "../../ui/toggles.tsx";
import { asNumber } from "../numbers.ts";
import { NumberField } from "./number-field.tsx";
import { newKey } from "./queue-draft.ts";
import { type QueuePartProps, withLine, withoutLine } from "./queue-part.ts";
import { placeNames, type StepDraft, type WaitDraft } from "./queue-waiting-draft.ts";

const most = 10;
const stepMinutes = 5;

interface QueueWaitingProps extends QueuePartProps {
  /** Work is not moved to where it is; a new queue has no id yet. */
  readonly queueId: string | null;
}

/** What happens with whoever waits long, and what customers are told of their place. */
export function QueueWaiting({ queueId, draft, onChange, errorOf }: QueueWaitingProps) {
  const t = useT();
  const { waiting } = draft;
  const change = (next: Partial<WaitDraft>) => onChange({ waiting: { ...waiting, ...next } });
  const { steps } = waiting;
  const ends = steps.at(-1)?.action ?? "message";
  const add = () => {
    const last = asNumber(steps.at(-1)?.after ?? "0");
    const after = String((Number.isNaN(last) ? 0 : last) + stepMinutes);
    const text = t("waiting.messageExample");
    change({ steps: [...steps, { key: newKey(), after, action: "message", text, queueId: "" }] });
  };
  return (
    <>
      <fieldset className="flex min-w-0 flex-col items-start gap-3">
        <legend className="mb-1 text-small font-medium text-ink-2">{t("waiting.steps")}</legend>
        <p className="text-pretty text-small text-ink-3">{t("waiting.stepsHint")}</p>
        <Rows>
          {steps.length === 0 && <p className="text-ink-3">{t("waiting.none")}</p>}
          {steps.map((step, at) => (
            <StepRow
              key={step.key}
              step={step}
              at={at}
              queueId={queueId}
              errorOf={errorOf}
              onChange={(next) => change({ steps: withLine(steps, step.key, next) })}
              onRemove={() => change({ steps: withoutLine(steps, step.key) })}
            />
          ))}
          {steps.length < most && ends === "message" && (
            <Button size="small" icon={Plus} onClick={add} {...addsRow}>
              {t("waiting.add")}
            </Button>
          )}
        </Rows>
      </fieldset>
      <PlaceRule waiting={waiting} onChange={change} errorOf={errorOf} />
    </>
  );
}

interface StepRowProps {
  readonly step: StepDraft;
  readonly at: number;
  readonly queueId: string | null;
  readonly errorOf: QueuePartProps["errorOf"];
  readonly onChange: (change: Partial<StepDraft>) => void;
  readonly onRemove: () => void;
}

function StepRow({ step, at, queueId, errorOf, onChange, onRemove }: StepRowProps) {
  const t = useT();
  const queues = useSelect((s) => s.people.queues);
  const others = Object.values(queues)
    .filter((queue) => queue.id !== queueId)
    .sort((a, b) => a.name.localeCompare(b.name));
  const field = `waiting.steps.${at}`;
  const n = { step: at + 1 };
  return (
    <div className="flex w-full flex-col gap-2 border-b border-line pb-3">
      <div className="flex items-start gap-3">
        <NumberField
          label={t("waiting.after")}
          unit={t("waiting.minutes")}
          value={step.after}
          onChange={(after) => onChange({ after })}
          error={errorOf(`${field}.afterMs`)}
          className="w-36 shrink-0"
        />
        <Field label={t("waiting.action")} className="min-w-0 flex-1">
          <Select
            value={step.action}
            onChange={(action) =>
              onChange({
                action,
                ...(action === "move" ? { queueId: step.queueId || others[0]?.id || "" } : {}),
              })
            }
            options={WaitAction.options
              .filter((action) => action !== "move" || others.length > 0)
              .map((action) => ({ value: action, label: t(`waiting.actions.${action}`) }))}
          />
        </Field>
        {step.action === "move" && (
          <Field label={t("waiting.toQueue")} className="min-w-0 flex-1" {...errorOf(`${field}.queueId`)}>
            <Select
              value={step.queueId}
              onChange={(chosen) => onChange({ queueId: chosen })}
              options={others.map((queue) => ({ value: queue.id, label: queue.name }))}
            />
          </Field>
        )}
        <IconButton
          icon={X}
          label={t("waiting.remove", n)}
          onClick={onRemove}
          className="mt-5"
          {...removesRow}
        />
      </div>
      {step.action === "message" && (
        <Field label={t("waiting.messageOf", n)} hideLabel {...errorOf(`${field}.text`)}>
          <Textarea
            value={step.text}
            rows={2}
            maxLength={1_000}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        </Field>
      )}
      {step.action !== "message" && (
        <p className="text-small text-ink-3">{t(`waiting.actionHint.${step.action}`)}</p>
      )}
    </div>
  );
}

interface PlaceRuleProps {
  readonly waiting: WaitDraft;
  readonly onChange: (change: Partial<WaitDraft>) => void;
  readonly errorOf: QueuePartProps["errorOf"];
}

const example = { position: 3, waitMs: 4 * 60_000 };

function PlaceRule({ waiting, onChange, errorOf }: PlaceRuleProps) {
  const t = useT();
  const { tells, placeText: template, every } = waiting;
  const shown = placeText(template, example);
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("waiting.place")}</legend>
      <Switch
        checked={tells}
        onChange={(on) => onChange({ tells: on })}
        label={t("waiting.tells")}
        hint={t("waiting.tellsHint")}
      />
      {tells && (
        <>
          <Field
            label={t("waiting.placeText")}
            hint={t("waiting.placeTextHint", placeNames)}
            {...errorOf("waiting.place.text")}
          >
            <Textarea
              value={template}
              rows={3}
              maxLength={1_000}
              onChange={(event) => onChange({ placeText: event.target.value })}
            />
          </Field>
          {shown !== "" && (
            <p className="text-small whitespace-pre-line text-ink-3">
              {t("waiting.example")} <span className="text-ink-2">{shown}</span>
            </p>
          )}
          <NumberField
            label={t("waiting.every")}
            hint={t("waiting.everyHint")}
            unit={t("waiting.minutes")}
            value={every}
            onChange={(next) => onChange({ every: next })}
            error={errorOf("waiting.place.everyMs")}
            className="w-56"
          />
        </>
      )}
    </fieldset>
  );
}
