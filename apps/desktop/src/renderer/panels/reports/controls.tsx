import { LevelRule, ReportGroup } from "@tongdai/shared";
import { useEffect, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Select } from "../../ui/select.tsx";
import { type Choice, isRange, periods } from "./choice.ts";

interface ControlsProps {
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
}

/** Which days, by what, and what service level means. Each choice takes effect at once. */
export function Controls({ choice, onChoice }: ControlsProps) {
  const t = useT();
  const { definition } = choice;
  const define = (change: Partial<Choice["definition"]>) =>
    onChoice({ ...choice, definition: { ...definition, ...change } });
  return (
    <div className="mb-4 flex flex-wrap items-start gap-3">
      <Field label={t("report.period")} className="w-36">
        <Select
          value={choice.period}
          onChange={(period) => onChoice({ ...choice, period })}
          options={periods.map((value) => ({ value, label: t(`report.periods.${value}`) }))}
        />
      </Field>
      {choice.period === "own" && <Days choice={choice} onChoice={onChoice} />}
      <Field label={t("report.groupBy")} className="w-40">
        <Select
          value={choice.groupBy}
          onChange={(groupBy) => onChoice({ ...choice, groupBy })}
          options={ReportGroup.options.map((value) => ({ value, label: t(`report.groups.${value}`) }))}
        />
      </Field>
      <QueueChoice choice={choice} onChoice={onChoice} />
      <Field label={t("report.level")} className="w-72">
        <Select
          value={definition.level}
          onChange={(level) => define({ level })}
          options={LevelRule.options.map((value) => ({ value, label: t(`report.levels.${value}`) }))}
        />
      </Field>
      <Field label={t("report.answer")} className="w-52">
        <Select
          value={definition.answer}
          onChange={(answer) => define({ answer })}
          options={(["accepted", "replied"] as const).map((value) => ({
            value,
            label: t(`report.answers.${value}`),
          }))}
        />
      </Field>
      <Seconds
        label={t("report.target")}
        value={definition.targetSeconds}
        least={1}
        most={86_400}
        onValue={(targetSeconds) => define({ targetSeconds })}
      />
      <Seconds
        label={t("report.short")}
        value={definition.shortAbandonSeconds}
        least={0}
        most={3_600}
        onValue={(shortAbandonSeconds) => define({ shortAbandonSeconds })}
      />
    </div>
  );
}

const all = "all";

function QueueChoice({ choice, onChoice }: ControlsProps) {
  const t = useT();
  const queues = useSelect((s) => s.people.queues);
  const sorted = Object.values(queues).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Field label={t("report.groups.queue")} className="w-48">
      <Select
        value={choice.queueId ?? all}
        onChange={(id) => onChoice({ ...choice, queueId: id === all ? null : id })}
        options={[
          { value: all, label: t("report.allQueues") },
          ...sorted.map(({ id, name }) => ({ value: id, label: neutralise(name) })),
        ]}
      />
    </Field>
  );
}

function Days({ choice, onChoice }: ControlsProps) {
  const t = useT();
  const error = isRange(choice) ? undefined : t("report.badRange");
  return (
    <>
      <Field label={t("report.from")} error={error} className="w-36">
        <Input
          type="date"
          value={choice.from}
          onChange={(event) => onChoice({ ...choice, from: event.target.value })}
        />
      </Field>
      <Field label={t("report.to")} className="w-36">
        <Input
          type="date"
          value={choice.to}
          onChange={(event) => onChoice({ ...choice, to: event.target.value })}
        />
      </Field>
    </>
  );
}

interface SecondsProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onValue: (value: number) => void;
}

const restMs = 400;

/** Takes effect when the typing rests, and only what makes sense. */
function Seconds({ label, value, least, most, onValue }: SecondsProps) {
  const t = useT();
  const client = useClient();
  const [typed, setTyped] = useState(String(value));
  const key = `reports.${label}`;
  useEffect(() => () => client.later.cancel(key), [client, key]);
  const fits = (text: string) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
  const error = fits(typed) ? undefined : t("admin.range", { min: least, max: most });
  const type = (text: string) => {
    setTyped(text);
    if (fits(text)) client.later.put(key, restMs, () => onValue(Number(text)));
    else client.later.cancel(key);
  };
  return (
    <Field label={label} error={error} className="w-36">
      <Input
        inputMode="numeric"
        value={typed}
        maxLength={5}
        onChange={(event) => type(event.target.value)}
        onBlur={() => client.later.flush(key)}
      />
    </Field>
  );
}
