/** How fast a line moves, learned from its latest pieces of work: see `MEMORY`. */
export interface Pace {
  /** Pieces taken by somebody after they had waited for room. */
  readonly taken: number;
  /** Agents there x time, while somebody waited for room. Milliseconds. */
  readonly agentMs: number;
  /** Pieces finished. */
  readonly finished: number;
  /** Mean part of an agent's time that a piece took: from taking to closing, divided by how many go side by side. */
  readonly workMs: number;
}

export const noPace: Pace = { taken: 0, agentMs: 0, finished: 0, workMs: 0 };

/** Older pieces fade: what counts is about the last so many. */
const MEMORY = 50;
/** Handling times stand in for so many pieces until the line itself has shown how fast it moves. */
const PRIOR = 5;
/** Fewer pieces than this say nothing by themselves. */
const LEAST = 3;
const MOST_MS = 24 * 60 * 60_000;

/** Somebody waited for room while so many agents were there. */
export const whileWaiting = (pace: Pace, o: { agents: number; ms: number }): Pace => ({
  ...pace,
  agentMs: pace.agentMs + o.agents * Math.max(0, o.ms),
});

/** Somebody who had waited for room was taken. */
export const afterTaken = (pace: Pace): Pace =>
  pace.taken < MEMORY
    ? { ...pace, taken: pace.taken + 1 }
    : { ...pace, agentMs: pace.agentMs * (1 - 1 / MEMORY) };

/** @param workMs of this piece: its handling time / how many the agent may have side by side */
export function afterFinished(pace: Pace, workMs: number): Pace {
  const finished = Math.min(MEMORY, pace.finished + 1);
  return { ...pace, finished, workMs: pace.workMs + (Math.max(0, workMs) - pace.workMs) / finished };
}

export interface Standing {
  /** 1: the next. */
  readonly position: number;
  /** Who serve the line and are there, with or without room. */
  readonly agents: number;
  /** More pieces that they can take at once. */
  readonly room: number;
  readonly pace: Pace;
}

/**
 * How long somebody at this place in a line still waits. Milliseconds, at most a day; null: nobody serves it, or nothing is
 * known yet.
 *
 * Who is at place k of a line where nobody has room waits until k pieces have been taken, and n agents take one every
 * E[S] / n: k x E[S] / n, the estimate by the length of the line ("QL") of W. Whitt, Predicting Queueing Delays, Management
 * Science 45 (1999), and R. Ibrahim and W. Whitt, Real-Time Delay Estimation Based on Delay History, M&SOM 11 (2009).
 * E[S], an agent's time for a piece, is learned from the line while somebody waits in it, so that agents who also serve
 * other queues, who choose for themselves or who lack a skill count as what they do; until then from handling times.
 */
export function expectedWait({ position, agents, room, pace }: Standing): number | null {
  if (agents <= 0) return null;
  const ahead = Math.max(0, position - Math.max(0, room));
  if (ahead === 0) return 0;
  const pieceMs = timeForPiece(pace);
  return pieceMs === null ? null : Math.min(MOST_MS, Math.round((ahead * pieceMs) / agents));
}

function timeForPiece({ taken, agentMs, finished, workMs }: Pace): number | null {
  const prior = finished > 0 ? PRIOR : 0;
  if (taken + prior < LEAST) return null;
  return (agentMs + prior * workMs) / (taken + prior);
}
