import { holidayYears, vietnamHolidays } from "@tongdai/shared";
import { Plus, Trash2 } from "lucide-react";
import { type T, useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { addsRow, Rows, removesRow } from "../../ui/rows.tsx";
import { parseDay, writeDay } from "./hours-text.ts";

/** A special day as it is being typed. */
export interface TypedDay {
  /** Stays the same while the row is edited. */
  readonly key: string;
  readonly date: string;
  readonly name: string;
  readonly spans: string;
}

export interface WrongDay {
  readonly key: string;
  readonly column: "date" | "name" | "spans";
  readonly error: string;
}

interface SpecialDaysProps {
  readonly days: readonly TypedDay[];
  readonly wrong: readonly WrongDay[];
  readonly onChange: (days: readonly TypedDay[]) => void;
}

const columns = ["date", "name", "spans"] as const;
const widths = { date: "w-30 shrink-0", name: "min-w-0 flex-1", spans: "w-44 shrink-0" } as const;

export function SpecialDays({ days, wrong, onChange }: SpecialDaysProps) {
  const t = useT();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("hours.specialDays")}</legend>
      <p className="text-small text-ink-3">{t("hours.specialHint")}</p>
      <Rows>
        <div className="flex flex-wrap items-center gap-2">
          <Button size="small" icon={Plus} onClick={() => onChange([newDay(), ...days])} {...addsRow}>
            {t("hours.addDay")}
          </Button>
          {holidayYears.map((year) => {
            const next = withHolidays(days, year, t);
            return (
              <Button
                key={year}
                size="small"
                icon={Plus}
                disabled={next.length === days.length}
                onClick={() => onChange(next)}
              >
                {t("hours.addHolidays", { year })}
              </Button>
            );
          })}
        </div>
        {days.length > 0 && (
          <ul aria-label={t("hours.specialDays")} className="flex flex-col gap-1">
            {days.map((day) => (
              <Day
                key={day.key}
                day={day}
                wrong={wrong.find((w) => w.key === day.key)}
                onChange={(next) => onChange(days.map((d) => (d.key === day.key ? next : d)))}
                onRemove={() => onChange(days.filter((d) => d.key !== day.key))}
              />
            ))}
          </ul>
        )}
      </Rows>
    </fieldset>
  );
}

interface DayProps {
  readonly day: TypedDay;
  readonly wrong: WrongDay | undefined;
  readonly onChange: (day: TypedDay) => void;
  readonly onRemove: () => void;
}

function Day({ day, wrong, onChange, onRemove }: DayProps) {
  const t = useT();
  // Tết has five rows of one name, and every year has it again.
  const which = [day.name, day.date].filter(Boolean).join(" ");
  return (
    <li className="flex items-start gap-2">
      {columns.map((column) => (
        <Field
          key={column}
          label={`${t(`hours.column.${column}`)}: ${which}`}
          hideLabel
          className={widths[column]}
          {...(wrong?.column === column ? { error: wrong.error } : {})}
        >
          <Input
            value={day[column]}
            placeholder={t(`hours.placeholder.${column}`)}
            maxLength={80}
            spellCheck={false}
            onChange={(event) => onChange({ ...day, [column]: event.target.value })}
          />
        </Field>
      ))}
      <IconButton
        icon={Trash2}
        label={t("common.removeNamed", { name: which })}
        onClick={onRemove}
        {...removesRow}
      />
    </li>
  );
}

const newDay = (): TypedDay => ({ key: crypto.randomUUID(), date: "", name: "", spans: "" });

/** The year's holidays beside what is there; a date that has an entry keeps it. */
function withHolidays(
  days: readonly TypedDay[],
  year: (typeof holidayYears)[number],
  t: T,
): readonly TypedDay[] {
  const taken = new Set(days.map((day) => parseDay(day.date)));
  const added = vietnamHolidays(year)
    .filter(({ date }) => !taken.has(date))
    .map(({ date, kind, expected }) => {
      const name = t(`hours.holiday.${kind}`);
      return {
        key: crypto.randomUUID(),
        date: writeDay(date),
        name: expected ? t("hours.expected", { name }) : name,
        spans: "",
      };
    });
  return [...days, ...added];
}
