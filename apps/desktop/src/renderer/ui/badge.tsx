import { cva, type VariantProps } from "class-variance-authority";
import { type LucideIcon, X } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";

const look = cva(
  "inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-tight px-1.5 text-small font-medium whitespace-nowrap",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-ink-2",
        accent: "bg-accent-soft text-accent-ink",
        green: "bg-green-soft text-green-ink",
        amber: "bg-amber-soft text-amber-ink",
        red: "bg-red-soft text-red-ink",
        blue: "bg-blue-soft text-blue-ink",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type Tone = NonNullable<VariantProps<typeof look>["tone"]>;

interface BadgeProps {
  readonly tone?: Tone;
  readonly icon?: LucideIcon;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A state or a count, in a word. */
export function Badge({ tone, icon: Icon, className, children }: BadgeProps) {
  return (
    <span data-edge className={cn(look({ tone }), className)}>
      {Icon && <Icon size={12} aria-hidden className="shrink-0" />}
      <span className="truncate">{children}</span>
    </span>
  );
}

interface TagProps {
  readonly label: string;
  readonly onRemove?: () => void;
}

/** What somebody put on a customer or a ticket, and can take off. */
export function Tag({ label, onRemove }: TagProps) {
  const t = useT();
  return (
    <span
      data-edge
      className={cn(
        "inline-flex h-6 max-w-full items-center rounded-tight bg-sunken pl-2 text-small text-ink-2",
        !onRemove && "pr-2",
      )}
    >
      <span className="truncate">{label}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={t("common.removeNamed", { name: label })}
          onClick={onRemove}
          className="focus-inset ml-0.5 flex size-6 shrink-0 items-center justify-center rounded-tight text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}
