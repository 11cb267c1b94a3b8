/** How somebody's wait ended: they gave up, or were answered and would have waited longer, nobody knows how long. */
export interface Wait {
  readonly ms: number;
  readonly gaveUp: boolean;
}

/** Of those who are still there after `waitedMs`, the wait at which a part `left` of them is left; null: they all stay. */
export type Patience = (waitedMs: number, left: number) => number | null;

/**
 * Kaplan and Meier's estimate: at each wait at which somebody gave up, the part of those then waiting who stayed. Beyond the
 * longest wait of which anybody knows nobody gives up.
 */
export function patienceOf(waits: readonly Wait[]): Patience {
  const sorted = waits.toSorted((a, b) => a.ms - b.ms || Number(b.gaveUp) - Number(a.gaveUp));
  const steps: { ms: number; stay: number }[] = [];
  let stay = 1;
  for (const [i, { ms, gaveUp }] of sorted.entries()) {
    if (!gaveUp) continue;
    stay *= 1 - 1 / (sorted.length - i);
    steps.push({ ms, stay });
  }
  return (waitedMs, left) => {
    const now = steps.findLast((s) => s.ms <= waitedMs)?.stay ?? 1;
    return steps.find((s) => s.ms > waitedMs && s.stay <= now * left)?.ms ?? null;
  };
}
