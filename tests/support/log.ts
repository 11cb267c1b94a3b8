import { createLog, type Log } from "../../apps/gateway/src/log.ts";

export interface HeardLog {
  readonly log: Log;
  /** Every line, as it would be written. */
  readonly lines: readonly string[];
  /** Lines of errors and worse. */
  readonly errors: () => string[];
}

/** The real log, kept in memory. */
export function heardLog(level = "info"): HeardLog {
  const lines: string[] = [];
  const log = createLog(level, { write: (line: string) => void lines.push(line) });
  return { log, lines, errors: () => lines.filter((l) => (JSON.parse(l) as { level: number }).level >= 50) };
}
