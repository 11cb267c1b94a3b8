import type { CommandInput, Hours } from "@tongdai/shared";
import { memo, useEffect, useMemo, useRef, useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { saveHours } from "../../actions/save-hours.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { toast } from "../../ui/toast.tsx";
import { useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import { SpecialDays, type TypedDay, type WrongDay } from "./hours-days.tsx";
import { parseDay, parseSpans, writeDay, writeSpans } from "./hours-text.ts";
import { WeekGrid } from "./hours-week.tsx";
import { useBasis } from "./versioned.tsx";

interface HoursFormProps {
  readonly hours: Hours | null;
  readonly onClose: () => void;
}

const officeDay = "08:00-12:00, 13:00-17:30";
const office = [officeDay, officeDay, officeDay, officeDay, officeDay, "", ""];

export function HoursForm({ hours, onClose }: HoursFormProps) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit } = useSubmit();
  const { version } = useBasis();
  const [name, setName] = useState(hours?.name ?? "");
  const [timeZone, setTimeZone] = useState(hours?.timeZone ?? "Asia/Ho_Chi_Minh");
  const [week, setWeek] = useState<readonly string[]>(hours?.weekly.map(writeSpans) ?? office);
  const [days, setDays] = useState<readonly TypedDay[]>(hours?.days.map(typed) ?? []);
  const [wrongWeek, setWrongWeek] = useState<ReadonlySet<number>>(new Set());
  const [wrongDays, setWrongDays] = useState<readonly WrongDay[]>([]);
  const body = useRef<HTMLDivElement>(null);
  // What is wrong may stand far below what is seen.
  useEffect(() => {
    if (wrongWeek.size + wrongDays.length > 0)
      body.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [wrongWeek, wrongDays]);

  const save = async () => {
    const weekly = week.map(parseSpans);
    const badWeek = new Set(weekly.flatMap((spans, i) => (spans === null ? [i] : [])));
    const badDays = wrongIn(days, t);
    setWrongWeek(badWeek);
    setWrongDays(badDays);
    if (badWeek.size > 0 || badDays.length > 0) return;
    const input: CommandInput<"hours.save"> = {
      id: hours?.id ?? null,
      name,
      timeZone,
      weekly: weekly.map((spans) => spans ?? []),
      days: days.map((day) => ({
        date: parseDay(day.date) ?? "",
        name: day.name,
        spans: parseSpans(day.spans) ?? [],
      })),
    };
    if (!(await submit(() => saveHours(client, { ...input, version })))) return;
    toast(t("settings.saved"), { tone: "success" });
    onClose();
  };

  return (
    <FormDialog
      title={hours ? t("record.editOf", { name: hours.name }) : t("hours.add")}
      width="large"
      busy={busy}
      problem={problem}
      isReady={name.trim() !== ""}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <div ref={body} className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-4">
          <Field label={t("hours.name")} required {...errorOf("name")}>
            <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
          </Field>
          <TimeZoneField value={timeZone} error={errorOf("timeZone")["error"]} onChange={setTimeZone} />
        </div>
        <WeekGrid days={week} wrong={wrongWeek} onChange={setWeek} />
        <SpecialDays days={days} wrong={wrongDays} onChange={setDays} />
      </div>
    </FormDialog>
  );
}

const typed = (day: Hours["days"][number]): TypedDay => ({
  key: crypto.randomUUID(),
  date: writeDay(day.date),
  name: day.name,
  spans: writeSpans(day.spans),
});

/** The first thing that is wrong in each row. */
function wrongIn(days: readonly TypedDay[], t: T): WrongDay[] {
  const seen = new Set<string>();
  return days.flatMap(({ key, date, name, spans }): WrongDay[] => {
    const day = parseDay(date);
    if (day === null) return [{ key, column: "date", error: t("hours.wrongDay") }];
    if (seen.has(day)) return [{ key, column: "date", error: t("hours.twice") }];
    seen.add(day);
    if (name.trim() === "") return [{ key, column: "name", error: t("hours.nameNeeded") }];
    return parseSpans(spans) === null ? [{ key, column: "spans", error: t("hours.wrongSpans") }] : [];
  });
}

interface TimeZoneFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (zone: string) => void;
}

/** Some four hundred choices, which a letter typed elsewhere in the form must not draw again. */
const TimeZoneField = memo(function TimeZoneField({ value, error, onChange }: TimeZoneFieldProps) {
  const t = useT();
  const zones = useMemo(() => timeZones(value), [value]);
  return (
    <Field label={t("hours.timeZone")} error={error}>
      <Select value={value} onChange={onChange} options={zones} />
    </Field>
  );
});

/** All that this computer knows, Vietnam's first. */
function timeZones(chosen: string) {
  const all = new Set(["Asia/Ho_Chi_Minh", chosen, ...Intl.supportedValuesOf("timeZone")]);
  // The same place under its old name.
  all.delete("Asia/Saigon");
  return [...all].map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}
