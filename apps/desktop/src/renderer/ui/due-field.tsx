import { CalendarClock, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/index.ts";
import { Button } from "./button.tsx";
import { dayAt, parseDateTime, writeDateTime } from "./date-input.ts";
import { Field } from "./field.tsx";
import { formatDateTime } from "./format.ts";
import { Input } from "./input.tsx";
import { Popover } from "./popover.tsx";
import { ticker } from "./ticker.ts";
import { DueText } from "./ticket-marks.tsx";

interface DueFieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly done?: boolean;
  readonly disabled?: boolean;
  /** For a key that opens it. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A promised time: the usual ones by one press, any other typed. */
export function DueField(props: DueFieldProps) {
  const { value, onChange, done = false, disabled = false } = props;
  const t = useT();
  const [openHere, setOpenHere] = useState(false);
  const { open = openHere, onOpenChange: setOpen = setOpenHere } = props;
  const choose = (next: number | null) => {
    setOpen(false);
    if (next !== value) onChange(next);
  };
  return (
    <Popover
      label={t("ticket.due")}
      open={open}
      onOpenChange={setOpen}
      className="w-72"
      trigger={
        <button
          type="button"
          disabled={disabled}
          className="inline-flex h-8 w-full min-w-0 items-center gap-2 rounded-ui border border-line-strong bg-surface px-2.5 text-left text-body hover:bg-hover disabled:opacity-50"
        >
          <CalendarClock size={16} aria-hidden className="shrink-0 text-ink-3" />
          <span className="sr-only">{t("ticket.due")}:</span>
          {value === null ? (
            <span className="truncate text-ink-3">{t("ticket.noDue")}</span>
          ) : (
            <DueText dueAt={value} done={done} long />
          )}
        </button>
      }
    >
      <Choices value={value} onChoose={choose} />
    </Popover>
  );
}

interface ChoicesProps {
  readonly value: number | null;
  readonly onChoose: (value: number | null) => void;
}

function Choices({ value, onChoose }: ChoicesProps) {
  const t = useT();
  const [now] = useState(() => ticker.now());
  const [text, setText] = useState(value === null ? "" : writeDateTime(value));
  const [wrong, setWrong] = useState(false);
  const presets = [
    { label: t("record.due.today"), at: dayAt(now, 0, 17) },
    { label: t("record.due.tomorrow"), at: dayAt(now, 1, 9) },
    { label: t("record.due.threeDays"), at: dayAt(now, 3, 17) },
    { label: t("record.due.week"), at: dayAt(now, 7, 17) },
  ].filter((preset) => preset.at > now);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const at = parseDateTime(text, now);
    if (at === null) setWrong(true);
    else onChoose(at);
  };
  return (
    <div className="flex flex-col gap-3">
      <ul className="-mx-1 -mt-1">
        {presets.map((preset) => (
          <li key={preset.label}>
            <button
              type="button"
              onClick={() => onChoose(preset.at)}
              className="flex h-8 w-full items-center gap-2 rounded-tight px-2 text-left hover:bg-hover"
            >
              <span className="flex-1 truncate">{preset.label}</span>
              <span className="tabular text-small text-ink-3">{formatDateTime(preset.at)}</span>
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} className="flex flex-col gap-2">
        <Field
          label={t("record.due.other")}
          hint={t("record.due.hint")}
          {...(wrong ? { error: t("errors.field.date") } : {})}
        >
          <Input
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setWrong(false);
            }}
          />
        </Field>
        <div className="flex justify-end gap-2">
          {value !== null && (
            <Button size="small" variant="ghost" icon={X} onClick={() => onChoose(null)}>
              {t("record.due.clear")}
            </Button>
          )}
          <Button size="small" type="submit" variant="primary">
            {t("common.save")}
          </Button>
        </div>
      </form>
    </div>
  );
}
