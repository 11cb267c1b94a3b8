/** What is asked of a figure: the better side is below (`max`) or above (`min`). */
export interface Target {
  readonly id: string;
  readonly unit: string;
  readonly better: "lower" | "higher";
  readonly required: number;
  readonly stretch?: number;
}

const lower = (id: string, unit: string, required: number, stretch?: number): Target => ({
  id,
  unit,
  better: "lower",
  required,
  ...(stretch === undefined ? {} : { stretch }),
});
const higher = (id: string, unit: string, required: number, stretch?: number): Target => ({
  id,
  unit,
  better: "higher",
  required,
  ...(stretch === undefined ? {} : { stretch }),
});

/** What the gateway has to reach on two cores that it shares with the load generator. */
export const targets = {
  heldRate: higher("T1", "msg/s", 4_000, 6_000),
  p50At4000: lower("T1", "ms", 3),
  p99At4000: lower("T1", "ms", 25),
  lost: lower("T1", "msg", 0),
  twice: lower("T1", "msg", 0),
  p50At1000: lower("T2", "ms", 1.5, 1),
  p99At1000: lower("T2", "ms", 10, 6),
  p99At200: lower("T2", "ms", 5),
  burstSeconds: lower("T3", "s", 5, 3),
  burstErrors: lower("T3", "answers", 0),
  burstHeap: lower("T3", "MB", 100),
  againstPostgres: higher("T4", "x", 1.3, 2),
  agentMemory: lower("T6", "KB", 45, 30),
  processMemory: lower("T6", "MB", 450, 300),
  floorShare: lower("T7", "%", 15, 8),
  staleness: lower("T7", "ms", 500),
  coldStart: lower("T8", "ms", 400, 250),
  restart: lower("T9", "ms", 1_000, 500),
  reconnect: lower("T10", "s", 6, 3),
  slowestReconnect: lower("T10", "s", 10),
  openP50: lower("T11", "ms", 1),
  openP99: lower("T11", "ms", 10, 3),
  inboxP99: lower("T12", "ms", 10, 2),
  searchP50: lower("T12", "ms", 2),
  searchP99: lower("T12", "ms", 50, 15),
  identityP99: lower("T13", "ms", 0.2),
  nameP99: lower("T13", "ms", 25),
  routeP99: lower("T14", "ms", 1),
  routeRate: higher("T14", "decisions/s", 5_000, 20_000),
  offerAfter: lower("T14", "ms", 50),
  delayP99: lower("T15", "ms", 20, 10),
  reportAnswer: lower("report", "ms", 1_000),
  reportStands: lower("report", "ms", 20),
  delayMax: lower("T15", "ms", 100, 50),
  overtaken: lower("texts", "conversations", 0),
  dropped: lower("UI", "%", 1, 0.1),
  worstFrame: lower("UI", "ms", 50, 34),
  blankFrames: lower("UI", "frames", 0),
  shownRows: lower("UI", "rows", 60),
  pressToPaint: lower("UI", "ms", 100, 50),
  openCached: lower("UI", "ms", 50),
  openCold: lower("UI", "ms", 150),
  openLongest: lower("UI", "ms", 100),
  usableInbox: lower("UI", "ms", 1_500),
  rendererMemory: lower("UI", "MB", 350),
} as const satisfies Record<string, Target>;

/** At the vendor's rate, less what a margin against its clock and the last ones take. */
export const drained = (perSecond: number): Target => higher("texts", "msg/s", perSecond * 0.9);
