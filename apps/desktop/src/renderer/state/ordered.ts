/** @param against negative: the item stands before the place looked for */
export function position<T>(items: readonly T[], against: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && against(item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function insertAt<T>(items: readonly T[], at: number, item: T): readonly T[] {
  const next = items.slice();
  next.splice(at, 0, item);
  return next;
}

export function removeAt<T>(items: readonly T[], at: number): readonly T[] {
  const next = items.slice();
  next.splice(at, 1);
  return next;
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
