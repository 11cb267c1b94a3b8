import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

interface SectionProps {
  readonly title: string;
  /** How many, beside the title. */
  readonly count?: number;
  /** At the end of the title's line. */
  readonly action?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a pane under a quiet title. */
export function Section({ title, count, action, className, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn("border-t border-line px-4 py-3", className)}>
      <div className="mb-1 flex min-h-6 items-center gap-2">
        <h3 id={id} className="text-small font-medium text-ink-3">
          {title}
        </h3>
        {count !== undefined && count > 0 && <span className="tabular text-small text-ink-3">{count}</span>}
        <span className="flex-1" />
        {action}
      </div>
      {children}
    </section>
  );
}
