import { Progress as Radix } from "radix-ui";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";

interface ProgressProps {
  readonly label: string;
  /** 0 to 1. */
  readonly value: number;
  /** Instead of the percentage: "3/12". */
  readonly text?: string;
  readonly className?: string;
}

/** For anything that takes longer than a second: a bar and a number. */
export function Progress({ label, value, text, className }: ProgressProps) {
  const t = useT();
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  const shown = text ?? t("common.progress", { percent });
  return (
    <div className={cn("flex min-w-0 items-center gap-2", className)}>
      <Radix.Root
        value={percent}
        aria-label={label}
        getValueLabel={() => shown}
        data-edge
        className="h-1.5 min-w-12 flex-1 overflow-hidden rounded-full bg-sunken"
      >
        <Radix.Indicator
          className="h-full bg-accent forced-colors:bg-[Highlight]"
          style={{ width: `${percent}%` }}
        />
      </Radix.Root>
      <span aria-hidden className="tabular min-w-8 text-right text-small text-ink-2">
        {shown}
      </span>
    </div>
  );
}
