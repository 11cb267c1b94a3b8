/** A binary heap: `before(a, b)` says that a comes out earlier. */
export function heap<T>(before: (a: T, b: T) => boolean) {
  const items: T[] = [];

  function up(from: number): void {
    let i = from;
    for (let parent = (i - 1) >> 1; i > 0 && wins(i, parent); parent = (i - 1) >> 1) {
      swap(i, parent);
      i = parent;
    }
  }
  function down(): void {
    for (let i = 0; ; ) {
      let best = i;
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < items.length && wins(child, best)) best = child;
      if (best === i) return;
      swap(i, best);
      i = best;
    }
  }
  const wins = (a: number, b: number): boolean => before(items[a] as T, items[b] as T);
  function swap(a: number, b: number): void {
    [items[a], items[b]] = [items[b] as T, items[a] as T];
  }

  return {
    push(item: T): void {
      items.push(item);
      up(items.length - 1);
    },
    pop(): T | undefined {
      const [first] = items;
      const last = items.pop();
      if (items.length > 0) {
        items[0] = last as T;
        down();
      }
      return first;
    },
    first: (): T | undefined => items[0],
  };
}
