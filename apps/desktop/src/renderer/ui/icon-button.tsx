import { cva, type VariantProps } from "class-variance-authority";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { ariaKeys, isMac, type ShortcutId } from "./shortcuts.ts";
import { Tooltip } from "./tooltip.tsx";

const look = cva(
  "inline-flex shrink-0 items-center justify-center rounded-ui transition-colors duration-(--brief) disabled:opacity-50 disabled:pointer-events-none",
  {
    variants: {
      variant: {
        ghost: "text-ink-2 hover:bg-hover hover:text-ink data-[state=open]:bg-hover",
        secondary: "bg-surface text-ink-2 shadow-[inset_0_0_0_1px_var(--line)] hover:bg-hover hover:text-ink",
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        danger: "bg-red text-on-red hover:bg-red-hover",
      },
      size: { small: "size-6", medium: "size-8", large: "size-10" },
      pressed: { true: "bg-selected text-accent-ink hover:bg-selected hover:text-accent-ink", false: "" },
    },
    defaultVariants: { variant: "ghost", size: "medium", pressed: false },
  },
);

type Look = VariantProps<typeof look>;

export interface IconButtonProps extends Omit<ComponentProps<"button">, "className" | "children"> {
  readonly icon: LucideIcon;
  /** The name, for everybody: read aloud and shown in the tooltip. */
  readonly label: string;
  readonly shortcut?: ShortcutId;
  readonly variant?: Look["variant"];
  readonly size?: Look["size"];
  /** For toggles: mute, hold, bold. */
  readonly pressed?: boolean;
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly className?: string;
}

export function IconButton({
  icon: Icon,
  label,
  shortcut,
  variant,
  size,
  pressed,
  side,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} {...(shortcut ? { shortcut } : {})} {...(side ? { side } : {})}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut ? ariaKeys(shortcut, isMac) : undefined}
        className={cn(look({ variant, size, pressed: pressed ?? false }), className)}
        {...rest}
      >
        <Icon size={size === "small" ? 14 : size === "large" ? 20 : 16} aria-hidden />
      </button>
    </Tooltip>
  );
}
