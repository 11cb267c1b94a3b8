import { mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root: string = resolve(import.meta.dirname, "../../..");
export const artefacts: string = join(root, "artefacts");

const TMPFS = 0x01021994;

/** A folder of our own on a real disk: in memory a commit costs nothing and no figure would be worth its line. */
export function diskFolder(): { path: string; remove(): void } {
  const parent = [tmpdir(), root].find((dir) => statfsSync(dir).type !== TMPFS);
  if (parent === undefined) throw new Error("There is no folder on a real disk: set TMPDIR to one.");
  const path = mkdtempSync(join(parent, "tongdai-bench-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Processes that wanted a processor lately, ours and others'; NaN where the system does not tell. */
export function loadAverage(): number {
  try {
    return Number(readFileSync("/proc/loadavg", "utf8").split(" ")[0]);
  } catch {
    return Number.NaN;
  }
}
