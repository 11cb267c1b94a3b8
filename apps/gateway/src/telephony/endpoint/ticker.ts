/** Milliseconds of sound in a packet. */
const BEAT = 20;

export interface Ticker {
  /** Calls `run` every 20 ms from now on; returns its undo. */
  add(run: () => void): () => void;
}

/** One beat for everybody who plays. What a late beat missed is made up for, so that sound keeps its pace. */
export function createTicker(
  elapsed: () => number,
  later: (ms: number, run: () => void) => () => void,
): Ticker {
  const players = new Set<() => void>();
  let began = 0;
  let beats = 0;
  let undo: (() => void) | undefined;

  function beat(): void {
    // Who stood still for long, a machine that slept, does not pour out what nobody hears any more.
    if (elapsed() - began - beats * BEAT > 500) beats = Math.floor((elapsed() - began) / BEAT);
    for (; began + beats * BEAT <= elapsed(); beats++) for (const play of players) play();
    undo = players.size > 0 ? later(Math.max(1, began + beats * BEAT - elapsed()), beat) : undefined;
  }

  return {
    add(run) {
      players.add(run);
      if (!undo) {
        began = elapsed();
        beats = 0;
        undo = later(BEAT, beat);
      }
      return () => {
        players.delete(run);
        if (players.size > 0) return;
        undo?.();
        undo = undefined;
      };
    },
  };
}
