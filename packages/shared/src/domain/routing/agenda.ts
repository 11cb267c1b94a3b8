import { heap } from "./heap.ts";

export interface Agenda<E> {
  add(at: number, event: E): void;
  next(): { readonly at: number; readonly event: E } | undefined;
  /** When the next event is. */
  peek(): number | undefined;
}

/** Events in order of time, then of being added. */
export function openAgenda<E>(): Agenda<E> {
  let count = 0;
  const events = heap<{ at: number; n: number; event: E }>((a, b) => (a.at - b.at || a.n - b.n) < 0);
  return {
    add(at, event) {
      events.push({ at, n: count++, event });
    },
    next: () => events.pop(),
    peek: () => events.first()?.at,
  };
}
