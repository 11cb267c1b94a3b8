import type { Report } from "../report.ts";

export interface PartOptions {
  readonly report: Report;
  /** On a real disk, ours alone. */
  readonly folder: string;
  readonly quick: boolean;
}

export type Part = (o: PartOptions) => Promise<void>;
