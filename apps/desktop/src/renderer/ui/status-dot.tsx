import type { ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";

export type AgentStateKind = "offline" | "available" | "busy" | "away" | "wrap_up";

/** Filled, ring, bar, clock hands, half: five shapes that stay apart without colour. */
const shapes: Record<AgentStateKind, { readonly tint: string; readonly drawing: ReactNode }> = {
  offline: {
    tint: "text-ink-3",
    drawing: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  },
  available: { tint: "text-green", drawing: <circle cx="6" cy="6" r="5" fill="currentColor" /> },
  busy: {
    tint: "text-red",
    drawing: (
      <path
        fillRule="evenodd"
        fill="currentColor"
        d="M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1ZM3.5 5.2v1.6h5V5.2Z"
      />
    ),
  },
  away: {
    tint: "text-amber",
    drawing: (
      <>
        <circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M6 3.6V6l1.7 1.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      </>
    ),
  },
  wrap_up: {
    tint: "text-blue",
    drawing: (
      <>
        <circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M6 1.7a4.3 4.3 0 0 0 0 8.6Z" fill="currentColor" />
      </>
    ),
  },
};

interface StatusDotProps {
  readonly state: AgentStateKind;
  readonly size?: number;
  /** When the state's name stands beside it. */
  readonly decorative?: boolean;
  readonly className?: string;
}

export function StatusDot({ state, size = 12, decorative = false, className }: StatusDotProps) {
  const t = useT();
  const { tint, drawing } = shapes[state];
  return (
    <span
      {...(decorative ? {} : { role: "img", "aria-label": t(`agent.state.${state}`) })}
      className={cn("inline-flex shrink-0", tint, className)}
    >
      <svg aria-hidden="true" width={size} height={size} viewBox="0 0 12 12">
        {drawing}
      </svg>
    </span>
  );
}
