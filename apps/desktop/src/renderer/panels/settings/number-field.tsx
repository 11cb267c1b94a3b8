import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import type { Submit } from "../use-submit.ts";

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string;
  /** In the head of its column, or plain from its place. */
  readonly hideLabel?: boolean;
  readonly unit?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: ReturnType<Submit["errorOf"]>;
  readonly className?: string;
}

/** A number as it is typed, with its unit. */
export function NumberField(props: NumberFieldProps) {
  const { label, hint, hideLabel = false, unit, value, onChange, error, className = "" } = props;
  return (
    <Field label={label} hint={hint} hideLabel={hideLabel} className={className} {...error}>
      <Input
        value={value}
        inputMode="decimal"
        {...(unit === undefined ? {} : { trailing: unit })}
        onChange={(event) => onChange(event.target.value.trim())}
      />
    </Field>
  );
}
