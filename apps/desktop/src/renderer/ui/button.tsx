import { cva, type VariantProps } from "class-variance-authority";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Kbd } from "./kbd.tsx";
import { ariaKeys, isMac, type ShortcutId, shortcut } from "./shortcuts.ts";
import { Spinner } from "./spinner.tsx";

const look = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-ui font-medium whitespace-nowrap transition-colors duration-(--brief) disabled:opacity-50 disabled:pointer-events-none",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        secondary:
          "bg-surface text-ink shadow-[inset_0_0_0_1px_var(--line)] hover:bg-hover forced-colors:border",
        ghost: "text-ink-2 hover:bg-hover hover:text-ink",
        danger: "bg-red text-on-red hover:bg-red-hover",
      },
      size: {
        small: "h-6 px-2 text-small",
        medium: "h-8 px-3 text-body",
        large: "h-10 px-4 text-read",
      },
    },
    defaultVariants: { variant: "secondary", size: "medium" },
  },
);

export interface ButtonProps extends Omit<ComponentProps<"button">, "className">, VariantProps<typeof look> {
  readonly icon?: LucideIcon;
  /** Keeps its width and its focus; presses do nothing meanwhile. */
  readonly loading?: boolean;
  /** Shows the key; the key itself is wired by whoever handles the command. */
  readonly shortcut?: ShortcutId;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Button({
  variant,
  size,
  icon: Icon,
  loading = false,
  shortcut: id,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const keys = id ? shortcut(id).keys[0] : undefined;
  return (
    <button
      type="button"
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      aria-keyshortcuts={id ? ariaKeys(id, isMac) : undefined}
      onClick={loading ? undefined : onClick}
      className={cn(look({ variant, size }), className)}
      {...rest}
    >
      {loading ? (
        <Spinner size={14} className="text-current" />
      ) : (
        Icon && <Icon size={size === "large" ? 18 : 16} aria-hidden className="-ml-0.5" />
      )}
      {children}
      {keys && <Kbd keys={keys} className="-mr-1 ml-1 text-current" />}
    </button>
  );
}
