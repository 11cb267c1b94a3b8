import type { AgentState } from "@tongdai/shared";
import { TriangleAlert } from "lucide-react";
import { useT } from "../i18n/index.ts";
import { cn } from "../ui/cn.ts";
import { useTicking } from "../ui/ticker.ts";
import { lengthText } from "../ui/time.tsx";

/** How much longer than it may somebody is in a state, in words; `null`: it may. */
export function useOverdue({ overAt }: Pick<AgentState, "overAt">): string | null {
  const t = useT();
  return useTicking((now) =>
    overAt === null || now < overAt ? null : t("states.over", { time: lengthText(now - overAt, t) }),
  );
}

/** "15 minutes over", by a sign as well as by its colour; nothing while it may last. */
export function Overdue({ agent, className }: { readonly agent: AgentState; readonly className?: string }) {
  const words = useOverdue(agent);
  if (words === null) return null;
  return (
    <span
      className={cn(
        "inline-flex shrink-0 items-center gap-1 font-medium whitespace-nowrap text-red-ink",
        className,
      )}
    >
      <TriangleAlert size={14} aria-hidden className="shrink-0" />
      {words}
    </span>
  );
}
