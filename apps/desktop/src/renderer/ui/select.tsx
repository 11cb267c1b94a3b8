import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";
import { useFieldAria } from "./field.tsx";
import { floating, menuItem } from "./floating.ts";

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
}

interface SelectProps<V extends string> {
  readonly value: V | undefined;
  readonly onChange: (value: V) => void;
  readonly options: readonly SelectOption<V>[];
  readonly placeholder?: string;
  /** Needed outside a Field. */
  readonly label?: string;
  readonly disabled?: boolean;
  readonly className?: string;
  /** For a key that opens it. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

export function Select<V extends string>(props: SelectProps<V>) {
  const { value, onChange, options, placeholder, label, disabled = false, className } = props;
  const t = useT();
  const aria = useFieldAria();
  const [openHere, setOpenHere] = useState(false);
  const { open = openHere, onOpenChange = setOpenHere } = props;
  const choose = (next: string) => {
    // Radix takes letters on the closed field for a choice; here they are shortcuts, and would change data unseen.
    if (!open) return;
    const option = options.find((candidate) => candidate.value === next);
    if (option) onChange(option.value);
  };
  return (
    <Radix.Root
      value={value ?? ""}
      onValueChange={choose}
      disabled={disabled}
      open={open}
      onOpenChange={onOpenChange}
    >
      <Radix.Trigger
        {...aria}
        aria-label={label}
        className={cn(
          "inline-flex h-8 w-full min-w-0 items-center justify-between gap-2 rounded-ui border border-line-strong bg-surface px-2.5 text-body text-ink hover:bg-hover focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-red data-placeholder:text-ink-3",
          className,
        )}
      >
        <span className="truncate" title={options.find((option) => option.value === value)?.label}>
          <Radix.Value placeholder={placeholder ?? t("common.choose")} />
        </span>
        <ChevronDown size={16} aria-hidden className="shrink-0 text-ink-3" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          // A choice may open a form: the same press would go on there, and send it.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          data-own-keys
          className={cn(
            floating,
            "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)",
          )}
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className={cn(menuItem, "pr-8")}
              >
                {option.icon}
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator className="absolute right-2">
                  <Check size={16} aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
