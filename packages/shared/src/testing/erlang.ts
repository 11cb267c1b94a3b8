/** Figures of a queue in the long run. Times in the unit of `handle`. */
export interface QueueFigures {
  /** Probability that a customer waits at all. */
  readonly pWait: number;
  /** Mean wait of everybody. */
  readonly wait: number;
  readonly pAbandon: number;
}

export interface Demand {
  /** Arrivals in a unit of time. */
  readonly rate: number;
  /** Mean time of service. */
  readonly handle: number;
  readonly agents: number;
}

/** Erlang B by its recursion: B(0) = 1, B(n) = aB(n-1) / (n + aB(n-1)). */
function erlangB(load: number, agents: number): number {
  let b = 1;
  for (let n = 1; n <= agents; n++) b = (load * b) / (n + load * b);
  return b;
}

/**
 * M/M/n without abandonment; `agents` must exceed rate x handle.
 * Source: A. K. Erlang 1917; C = B / (1 - u(1 - B)) with u the occupancy, mean wait C x handle / (n - a).
 */
export function erlangC({ rate, handle, agents }: Demand): QueueFigures & { within(time: number): number } {
  const load = rate * handle;
  const b = erlangB(load, agents);
  const pWait = b / (1 - (load / agents) * (1 - b));
  return {
    pWait,
    wait: (pWait * handle) / (agents - load),
    pAbandon: 0,
    within: (time) => 1 - pWait * Math.exp((-(agents - load) * time) / handle),
  };
}

/**
 * M/M/n+M: customers leave after an exponential patience. Solved from the balance equations of the birth-death chain,
 * cut off where what is left is below 1e-15 of the whole. Source: C. Palm 1946.
 */
export function erlangA(d: Demand & { patience: number }): QueueFigures {
  const { rate, handle, agents, patience } = d;
  const weights = [1];
  let total = 1;
  for (let n = 1; ; n++) {
    const out = Math.min(n, agents) / handle + Math.max(0, n - agents) / patience;
    const weight = ((weights[n - 1] ?? 0) * rate) / out;
    weights.push(weight);
    total += weight;
    if (n > agents && weight < total * 1e-15) break;
  }
  const p = weights.map((w) => w / total);
  const pWait = p.slice(agents).reduce((sum, x) => sum + x, 0);
  const queue = p.slice(agents).reduce((sum, x, k) => sum + k * x, 0);
  // Who waits leaves at rate 1/patience: by balance the abandoned part of arrivals is queue / (patience x rate).
  return { pWait, wait: queue / rate, pAbandon: queue / (patience * rate) };
}
