/** What the probe in a measured page tells. */
export interface Told {
  /** Milliseconds between one animation frame and the next. */
  readonly frames: readonly number[];
  /** Tasks of more than 50 ms on the main thread. */
  readonly longTasks: readonly number[];
  /** From an input to the next paint, one for each interaction; those under 16 ms are not told. */
  readonly interactions: readonly number[];
  /** Frames in which the list was not covered by rows. */
  readonly blank: number;
  /** Frames at the end of what is loaded of a list. */
  readonly stalled: number;
  /** Most rows in the page at any frame. */
  readonly rows: number;
}

export interface Probe {
  begin(): void;
  /** Waits until the last interactions have been painted and told. */
  end(): Promise<Told>;
  /** From the next press of a key or button on, `selector` is looked for. */
  await(selector: string): void;
  /** Milliseconds from that press until it was there and painted. */
  found(): Promise<number>;
  /** Resolves when what is there now has been painted. */
  painted(): Promise<unknown>;
  /** Rows that the list says it has. */
  length(): number;
}
