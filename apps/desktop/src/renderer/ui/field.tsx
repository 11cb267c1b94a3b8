import { CircleAlert } from "lucide-react";
import { Label } from "radix-ui";
import { createContext, type ReactNode, use, useId, useMemo } from "react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";

interface FieldWiring {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

const FieldContext = createContext<FieldWiring | null>(null);

export interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly optional?: boolean;
  /** The label is read aloud but not shown; only where the place makes it plain. */
  readonly hideLabel?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A label, its control, and what is to be said about it. The control inside finds its wiring by itself. */
export function Field(props: FieldProps) {
  const { label, hint, error, required = false, optional, hideLabel, className, children } = props;
  const t = useT();
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;
  const invalid = error !== undefined && error !== "";
  const wiring = useMemo(
    () => ({ id, describedBy, invalid, required }),
    [id, describedBy, invalid, required],
  );
  return (
    <FieldContext value={wiring}>
      <div className={cn("flex min-w-0 flex-col gap-1", className)}>
        <Label.Root
          id={labelOf(id)}
          htmlFor={id}
          className={cn("text-small font-medium text-ink-2", hideLabel && "sr-only")}
        >
          {label}
          {optional && <span className="font-normal text-ink-3"> ({t("common.optional")})</span>}
        </Label.Root>
        {children}
        {hint && !invalid && (
          <p id={`${id}-hint`} className="text-small text-ink-3">
            {hint}
          </p>
        )}
        {invalid && (
          <p id={`${id}-error`} role="alert" className="flex gap-1 text-small text-red-ink">
            <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />
            {error}
          </p>
        )}
      </div>
    </FieldContext>
  );
}

/** For what no label can be tied to by `for`: a group of controls. @param id of the field's control */
export const labelOf = (id: string): string => `${id}-label`;

interface ControlAria {
  readonly id?: string;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: true;
  readonly "aria-required"?: true;
}

/** What a control inside a Field must carry; outside of one it must name itself. */
export function useFieldAria(): ControlAria {
  const field = use(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy ? { "aria-describedby": field.describedBy } : {}),
    ...(field.invalid ? { "aria-invalid": true as const } : {}),
    ...(field.required ? { "aria-required": true as const } : {}),
  };
}
