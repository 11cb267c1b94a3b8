import type { LucideIcon } from "lucide-react";
import { type ComponentProps, type ReactNode, useLayoutEffect, useRef } from "react";
import { cn } from "./cn.ts";
import { useFieldAria } from "./field.tsx";

const box =
  "w-full min-w-0 rounded-ui border border-line-strong bg-surface text-body text-ink transition-colors duration-(--brief) focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-red disabled:opacity-50";

export interface InputProps extends Omit<ComponentProps<"input">, "className"> {
  readonly icon?: LucideIcon;
  /** Inside the box at its end: a key hint, a unit, a clear button. */
  readonly trailing?: ReactNode;
  readonly className?: string;
}

export function Input({ icon: Icon, trailing, className, ...rest }: InputProps) {
  const aria = useFieldAria();
  return (
    <div className={cn("relative flex min-w-0 items-center", className)}>
      {Icon && <Icon size={16} aria-hidden className="pointer-events-none absolute left-2.5 text-ink-3" />}
      <input
        {...aria}
        autoComplete="off"
        className={cn(box, "h-8 px-2.5", Icon && "pl-8", trailing !== undefined && "pr-12")}
        {...rest}
      />
      {trailing !== undefined && (
        <span className="absolute right-1.5 inline-flex items-center gap-1 text-small text-ink-3">
          {trailing}
        </span>
      )}
    </div>
  );
}

export interface TextareaProps extends Omit<ComponentProps<"textarea">, "className"> {
  readonly minRows?: number;
  readonly maxRows?: number;
  /** No box of its own: the composer draws one around it and its tools. */
  readonly bare?: boolean;
  readonly className?: string;
}

/** Grows with what is written, from `minRows` to `maxRows`, then scrolls. */
export function Textarea({ minRows = 2, maxRows = 10, bare, className, ref, ...rest }: TextareaProps) {
  const aria = useFieldAria();
  const own = useRef<HTMLTextAreaElement>(null);
  const { value } = rest;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => fitHeight(own.current), [value]);
  const setRef = (node: HTMLTextAreaElement | null) => {
    own.current = node;
    if (typeof ref === "function") ref(node);
    else if (ref) ref.current = node;
  };
  const line = bare ? 22 : 20;
  return (
    <textarea
      {...aria}
      rows={minRows}
      onInput={(event) => fitHeight(event.currentTarget)}
      style={{ minHeight: minRows * line + 14, maxHeight: maxRows * line + 14 }}
      className={cn(
        bare
          ? "w-full resize-none bg-transparent px-3 py-1.5 text-read text-ink outline-none"
          : cn(box, "resize-none px-2.5 py-1.5"),
        className,
      )}
      {...rest}
      ref={setRef}
    />
  );
}

function fitHeight(node: HTMLTextAreaElement | null): void {
  if (!node) return;
  node.style.height = "auto";
  node.style.height = `${node.scrollHeight + 2}px`;
}
