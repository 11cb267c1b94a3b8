import type { ReportStretch } from "../../contract/reports.ts";

/** A time in which an agent could be asked. */
export interface There {
  readonly userId: string;
  readonly from: number;
  readonly to: number;
}

/** The times in which agents took work, those that follow on each other as one. */
export function timesThere(stretches: readonly ReportStretch[], until: number): There[] {
  const byAgent = Map.groupBy(stretches.filter(takesWork), (s) => s.userId);
  return [...byAgent].flatMap(([userId, own]) => {
    const joined: { userId: string; from: number; to: number }[] = [];
    for (const s of own.toSorted((a, b) => a.from - b.from || a.id - b.id)) {
      const to = s.until ?? until;
      const last = joined.at(-1);
      if (last && s.from <= last.to) last.to = Math.max(last.to, to);
      else joined.push({ userId, from: s.from, to });
    }
    return joined.filter((t) => t.from < t.to);
  });
}

/** Wrapping up is work in hand, and the replay has it as such. */
const takesWork = (s: ReportStretch): boolean => s.state === "available" || s.state === "wrap_up";

/** The same times without those that fall into one of the gaps of their agent. */
export function without(
  times: readonly There[],
  gaps: readonly { userId: string; from: number; to: number }[],
): There[] {
  let left = [...times];
  for (const gap of gaps)
    left = left.flatMap((t) =>
      t.userId !== gap.userId || gap.to <= t.from || gap.from >= t.to
        ? [t]
        : [
            { ...t, to: gap.from },
            { ...t, from: gap.to },
          ].filter((part) => part.from < part.to),
    );
  return left;
}
