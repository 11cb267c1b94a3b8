import type { FormField, FormInput } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { parseDateTime } from "../../ui/date-input.ts";
import { Field } from "../../ui/field.tsx";
import { formatDate } from "../../ui/format.ts";
import { Input } from "../../ui/input.tsx";
import { ticker } from "../../ui/ticker.ts";
import { RadioGroup } from "../../ui/toggles.tsx";

/** Answers as they are typed, by field. */
export type TypedForm = Readonly<Record<string, string>>;

interface WrapUpFormProps {
  readonly fields: readonly FormField[];
  readonly value: TypedForm;
  readonly onChange: (value: TypedForm) => void;
  /** What is wrong, by field. */
  readonly wrong: TypedForm;
}

/** What the queue asks at wrap-up. */
export function WrapUpForm({ fields, value, onChange, wrong }: WrapUpFormProps) {
  const t = useT();
  return fields.map((field) => {
    const { id, label, kind, required, options } = field;
    const set = (text: string) => onChange({ ...value, [id]: text });
    const typed = value[id] ?? "";
    const error = wrong[id];
    const choices =
      kind === "yes_no"
        ? [
            { value: "yes", label: t("wrapUp.yes") },
            { value: "no", label: t("wrapUp.no") },
          ]
        : options.map((option) => ({ value: option, label: option }));
    return (
      <Field
        key={id}
        label={label}
        required={required}
        optional={!required}
        {...(kind === "date" ? { hint: t("wrapUp.dateHint") } : {})}
        {...(error ? { error } : {})}
      >
        {kind === "choice" || kind === "yes_no" ? (
          <RadioGroup value={typed} onChange={set} options={choices} orientation="horizontal" />
        ) : (
          <Input
            value={typed}
            maxLength={kind === "text" ? 2_000 : 40}
            {...(kind === "number" ? { inputMode: "decimal" as const } : {})}
            onChange={(event) => set(event.target.value)}
          />
        )}
      </Field>
    );
  });
}

/** What is sent. A number or a date that is none is sent as it was typed: the gateway names the field. */
export function typedAnswers(fields: readonly FormField[], typed: TypedForm): FormInput {
  return Object.fromEntries(
    fields.flatMap(({ id, kind }): [string, string | number | boolean][] => {
      const text = (typed[id] ?? "").trim();
      if (text === "") return [];
      if (kind === "yes_no") return [[id, text === "yes"]];
      if (kind === "date") return [[id, dateOf(text)]];
      const number = Number(text.replace(",", "."));
      return [[id, kind === "number" && Number.isFinite(number) ? number : text]];
    }),
  );
}

/** "31/12" or "31/12/2026" as 2026-12-31. */
function dateOf(text: string): string {
  const at = parseDateTime(text, ticker.now());
  return at === null ? text : formatDate(at).split("/").reverse().join("-");
}
