import { Check, Minus } from "lucide-react";
import { Checkbox as RadixCheckbox, RadioGroup as RadixRadio, Switch as RadixSwitch } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";
import { labelOf, useFieldAria } from "./field.tsx";

const row = "flex min-h-6 items-start gap-2";
const ring = "border border-line-strong bg-surface transition-colors duration-(--brief) disabled:opacity-50";

interface ToggleProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: ReactNode;
  readonly hint?: string;
  readonly disabled?: boolean;
}

function Words({
  id,
  label,
  hint,
}: {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: string | undefined;
}) {
  return (
    <span className="min-w-0 py-0.5">
      <label htmlFor={id} className="block text-body text-ink">
        {label}
      </label>
      {hint && (
        <span id={`${id}-hint`} className="block text-small text-ink-3">
          {hint}
        </span>
      )}
    </span>
  );
}

interface CheckboxProps extends Omit<ToggleProps, "checked"> {
  readonly checked: boolean | "mixed";
}

export function Checkbox({ checked, onChange, label, hint, disabled = false }: CheckboxProps) {
  const id = useId();
  return (
    <div className={row}>
      <RadixCheckbox.Root
        id={id}
        checked={checked === "mixed" ? "indeterminate" : checked}
        onCheckedChange={(next) => onChange(next === true)}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={cn(
          ring,
          // 16 px to the eye, 24 px to the pointer.
          "relative mt-1 flex size-4 shrink-0 items-center justify-center rounded-tight after:absolute after:-inset-1 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
        )}
      >
        <RadixCheckbox.Indicator className="text-on-accent">
          {checked === "mixed" ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />}
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <Words id={id} label={label} hint={hint} />
    </div>
  );
}

/** For what takes effect at once. */
export function Switch({ checked, onChange, label, hint, disabled = false }: ToggleProps) {
  const id = useId();
  return (
    <div className={row}>
      <RadixSwitch.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={cn(
          ring,
          "relative mt-0.5 flex h-5 w-8 shrink-0 items-center rounded-full px-0.5 after:absolute after:-inset-0.5 data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        )}
      >
        <RadixSwitch.Thumb className="size-3.5 rounded-full bg-line-strong transition-transform duration-(--brief) data-[state=checked]:translate-x-3 data-[state=checked]:bg-on-accent forced-colors:bg-[ButtonText]" />
      </RadixSwitch.Root>
      <Words id={id} label={label} hint={hint} />
    </div>
  );
}

interface RadioGroupProps<V extends string> {
  readonly value: V | undefined;
  readonly onChange: (value: V) => void;
  readonly options: readonly {
    readonly value: V;
    readonly label: ReactNode;
    readonly hint?: string;
    readonly disabled?: boolean;
  }[];
  /** Needed outside a Field. */
  readonly label?: string;
  readonly orientation?: "vertical" | "horizontal";
}

export function RadioGroup<V extends string>(props: RadioGroupProps<V>) {
  const { value, onChange, options, label, orientation = "vertical" } = props;
  const { id: fieldId, ...aria } = useFieldAria();
  const id = useId();
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onChange(option.value);
  };
  return (
    <RadixRadio.Root
      {...aria}
      {...(fieldId ? { id: fieldId, "aria-labelledby": labelOf(fieldId) } : { "aria-label": label })}
      value={value ?? ""}
      onValueChange={choose}
      orientation={orientation}
      className={cn("flex", orientation === "vertical" ? "flex-col gap-1" : "flex-wrap gap-4")}
    >
      {options.map((option) => (
        <div key={option.value} className={row}>
          <RadixRadio.Item
            id={`${id}-${option.value}`}
            value={option.value}
            disabled={option.disabled ?? false}
            className={cn(
              ring,
              "relative mt-1 flex size-4 shrink-0 items-center justify-center rounded-full after:absolute after:-inset-1 data-[state=checked]:border-accent",
            )}
          >
            <RadixRadio.Indicator className="size-2 rounded-full bg-accent forced-colors:bg-[Highlight]" />
          </RadixRadio.Item>
          <Words id={`${id}-${option.value}`} label={option.label} hint={option.hint} />
        </div>
      ))}
    </RadixRadio.Root>
  );
}
