import { AppError } from "@tongdai/shared";
import { type LucideIcon, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { EmptyState, ErrorState } from "./states.tsx";

interface LoadStateProps {
  /** Why it could not be had; `null`: it is on its way. */
  readonly failure: unknown;
  /** What could not be done. */
  readonly title: string;
  /** Why, for people, and what to do. */
  readonly reason: (cause: unknown) => string;
  readonly onRetry: () => void;
  readonly offline: boolean;
  /** For what may be gone, or may be hidden from this person: trying again would not help. */
  readonly gone?: { readonly icon: LucideIcon; readonly title: string };
  /** The shape of what will stand here. */
  readonly skeleton: ReactNode;
  readonly className?: string;
}

/** Stands where content will be until it is here: on its way, out of reach, refused, or not there at all. */
export function LoadState(props: LoadStateProps) {
  const { failure, title, reason, onRetry, offline, gone, skeleton, className = "m-auto" } = props;
  const t = useT();
  if (gone && isGone(failure))
    return <EmptyState icon={gone.icon} title={gone.title} className={className} />;
  if (failure !== null)
    return <ErrorState title={title} kept={reason(failure)} onRetry={onRetry} className={className} />;
  if (offline)
    return (
      <EmptyState
        icon={WifiOff}
        title={t("desk.list.offlineTitle")}
        body={t("record.offline")}
        className={className}
      />
    );
  // An answer that comes at once is not preceded by a flash of grey.
  return (
    <div aria-busy="true" className="animate-late">
      <span className="sr-only">{t("common.loading")}</span>
      {skeleton}
    </div>
  );
}

const isGone = (failure: unknown): boolean =>
  failure instanceof AppError && (failure.code === "not_found" || failure.code === "forbidden");
