import { DAY_MINUTES } from "@tongdai/shared";
import { CopyCheck } from "lucide-react";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { parseSpans } from "./hours-text.ts";

/** Monday first, as the contract has them. */
export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

interface WeekGridProps {
  /** As typed, one text a day. */
  readonly days: readonly string[];
  readonly wrong: ReadonlySet<number>;
  readonly onChange: (days: readonly string[]) => void;
}

/** One line a day: what is typed, and beside it the day as a bar. */
export function WeekGrid({ days, wrong, onChange }: WeekGridProps) {
  const t = useT();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("hours.week")}</legend>
      <p className="mb-1 text-small text-ink-3">{t("hours.weekHint")}</p>
      {weekdays.map((weekday, i) => {
        const text = days[i] ?? "";
        const name = t(`hours.weekday.${weekday}`);
        return (
          <div key={weekday} className="flex items-start gap-2">
            <span aria-hidden className="w-20 shrink-0 pt-1.5 text-body text-ink-2">
              {name}
            </span>
            <Field
              label={name}
              hideLabel
              className="w-64 shrink-0"
              {...(wrong.has(i) ? { error: t("hours.wrongSpans") } : {})}
            >
              <Input
                value={text}
                placeholder={t("hours.closedDay")}
                spellCheck={false}
                onChange={(event) => onChange(days.with(i, event.target.value))}
              />
            </Field>
            <Bar text={text} />
            {i < weekdays.length - 1 ? (
              <IconButton
                icon={CopyCheck}
                label={t("hours.copyDown", { day: name })}
                onClick={() => onChange(days.map((other, day) => (day > i ? text : other)))}
              />
            ) : (
              <span className="w-8 shrink-0" />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

/** For the eye only: the text beside it says the same. */
function Bar({ text }: { readonly text: string }) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${DAY_MINUTES} 10`}
      preserveAspectRatio="none"
      className="mt-2.5 h-3 min-w-0 flex-1 rounded-tight bg-line"
    >
      {(parseSpans(text) ?? []).map(([from, to]) => (
        <rect key={from} x={from} width={to - from} height={10} className="fill-accent" />
      ))}
    </svg>
  );
}
