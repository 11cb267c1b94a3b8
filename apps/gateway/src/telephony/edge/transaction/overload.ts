import type { Clock } from "@tongdai/shared";

export interface OverloadLimits {
  /** Milliseconds by which the event loop may run behind. */
  readonly lag: number;
  /** Open transactions. */
  readonly transactions: number;
}

/** How often the lag is measured, in milliseconds. */
const beat = 100;

/** Shedding ends below this part of a limit, so that it does not begin and end with every beat. */
const relief = 0.5;

/**
 * Knows when there is too much to do: the event loop runs behind, or too many transactions are open. New work is then
 * refused (503 with Retry-After) until both are down to half their limit; nobody has to restart anything.
 */
export function createOverload(clock: Clock, limits: OverloadLimits, transactions: () => number) {
  /** The last two: one late beat is a pause of the collector, two are too much work. */
  let [lag, lagBefore] = [0, 0];
  let shedding = false;
  let undo = (): void => {};

  const measure = (): void => {
    const due = clock.elapsed() + beat;
    undo = clock.after(beat, () => {
      [lag, lagBefore] = [clock.elapsed() - due, lag];
      judge();
      measure();
    });
  };

  const judge = (): void => {
    const measured = Math.max(Math.min(lag, lagBefore) / limits.lag, transactions() / limits.transactions);
    shedding = shedding ? measured > relief : measured > 1;
  };

  measure();
  return {
    /** @returns whether new work is to be refused now */
    shedding(): boolean {
      if (!shedding && transactions() > limits.transactions) shedding = true;
      return shedding;
    },
    close: () => undo(),
  };
}
