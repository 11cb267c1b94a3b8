import { CircleAlert, Info, type LucideIcon, RotateCw, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What will come here. */
  readonly body?: string;
  /** The one thing to do. */
  readonly action?: ReactNode;
  readonly className?: string;
}

export function EmptyState({ icon: Icon, title, body, action, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center gap-1 px-6 py-10 text-center", className)}>
      <Icon size={24} strokeWidth={1.5} aria-hidden className="mb-2 text-ink-3" />
      <p className="text-body font-medium text-ink">{title}</p>
      {body && <p className="max-w-80 text-body text-pretty text-ink-3">{body}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}

interface ErrorStateProps {
  /** What happened. */
  readonly title: string;
  /** What to do. */
  readonly body?: string;
  /** What was kept; by default, that nothing written is lost. */
  readonly kept?: string;
  /** What an administrator looks it up by. */
  readonly reference?: string;
  readonly onRetry?: () => void;
  readonly retrying?: boolean;
  readonly className?: string;
}

export function ErrorState(props: ErrorStateProps) {
  const { title, body, kept, reference, onRetry, retrying = false, className } = props;
  const t = useT();
  return (
    <div
      role="alert"
      className={cn("flex flex-col items-center justify-center gap-1 px-6 py-10 text-center", className)}
    >
      <CircleAlert size={24} strokeWidth={1.5} aria-hidden className="mb-2 text-red" />
      <p className="text-body font-medium text-ink">{title}</p>
      <p className="max-w-80 text-body text-pretty text-ink-2">
        {kept ?? t("errors.kept")} {body}
      </p>
      {onRetry && (
        <Button icon={RotateCw} loading={retrying} onClick={onRetry} className="mt-3">
          {t("common.retry")}
        </Button>
      )}
      {reference && (
        <p className="tabular mt-2 text-small text-ink-3 select-text">
          {t("errors.reference", { id: reference })}
        </p>
      )}
    </div>
  );
}

const banners = {
  info: { icon: Info, look: "bg-blue-soft text-blue-ink", role: "status" },
  warning: { icon: TriangleAlert, look: "bg-amber-soft text-amber-ink", role: "status" },
  danger: { icon: CircleAlert, look: "bg-red-soft text-red-ink", role: "alert" },
} as const;

interface BannerProps {
  readonly tone: keyof typeof banners;
  readonly children: ReactNode;
  /** More of the same, after the sentence: a count, a progress. */
  readonly detail?: ReactNode;
  readonly action?: { readonly label: string; readonly onClick: () => void };
  readonly onDismiss?: () => void;
}

/** One line across a pane: the connection, a channel that is paused, a window that closes. */
export function Banner({ tone, children, detail, action, onDismiss }: BannerProps) {
  const t = useT();
  const { icon: Icon, look, role } = banners[tone];
  return (
    <div role={role} data-edge className={cn("flex min-h-9 items-center gap-2 px-3 py-1 text-body", look)}>
      <Icon size={16} aria-hidden className="shrink-0" />
      <p className="min-w-0 flex-1">
        {children}
        {detail && <span className="tabular ml-2 opacity-100">{detail}</span>}
      </p>
      {action && (
        <button
          type="button"
          onClick={action.onClick}
          className="h-6 shrink-0 rounded-tight px-2 font-medium underline underline-offset-2 hover:decoration-2"
        >
          {action.label}
        </button>
      )}
      {onDismiss && (
        <IconButton
          icon={X}
          size="small"
          label={t("common.close")}
          onClick={onDismiss}
          className="text-current hover:bg-transparent hover:text-current"
        />
      )}
    </div>
  );
}
