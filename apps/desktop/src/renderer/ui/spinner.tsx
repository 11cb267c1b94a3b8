import { LoaderCircle } from "lucide-react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";

/** For a wait inside a control. Never over content: that is what Skeleton and Progress are for. */
export function Spinner({ size = 16, className }: { readonly size?: number; readonly className?: string }) {
  const t = useT();
  return (
    <LoaderCircle
      role="status"
      aria-label={t("common.loading")}
      size={size}
      className={cn("animate-turn text-ink-3", className)}
    />
  );
}
