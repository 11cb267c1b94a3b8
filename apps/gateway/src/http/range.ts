export interface Range {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/** `null`: the whole file (no header, or one that we need not understand: RFC 9110 lets us ignore it). */
export function parseRange(header: string | undefined, size: number): Range | null | "unsatisfiable" {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return null;
  // `bytes=-500` is the last 500 bytes.
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== "" && to !== "" && Number(to) < start) return null;
  return start > end ? "unsatisfiable" : { start, end };
}
