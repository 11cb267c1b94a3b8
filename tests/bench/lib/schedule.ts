/** Calls `shoot` with 0, 1, ... when each is due, however late the ones before came to an end. */
export async function onSchedule(
  o: { count: number; rate: number },
  shoot: (i: number) => void,
): Promise<void> {
  const start = performance.now();
  for (let i = 0; i < o.count; ) {
    const due = Math.min(o.count, 1 + Math.floor(((performance.now() - start) / 1_000) * o.rate));
    while (i < due) shoot(i++);
    await pause(1);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

/** Looks until it is so; false when it never was. */
export async function until(isSo: () => boolean, patienceMs: number): Promise<boolean> {
  for (const end = performance.now() + patienceMs; !isSo(); await pause(5))
    if (performance.now() > end) return false;
  return true;
}
