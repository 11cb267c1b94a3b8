/** The only source of time. `now` is wall time for storing and showing; timers run on monotonic time and survive clock steps. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds on a clock that never steps; only differences mean something. */
  elapsed(): number;
  /** Calls `run` once after `ms`; returns its undo. */
  after(ms: number, run: () => void): () => void;
}
