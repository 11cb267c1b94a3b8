import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { artefacts, loadAverage } from "./lib/place.ts";
import type { Target } from "./targets.ts";

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: Target;
  /** The machine's own limit for the same work, measured in the same run. */
  readonly limit?: number;
  readonly note?: string;
}

export type Verdict = "stretch" | "pass" | "falls short" | "";

/** Gathers figures while they are measured and prints them as one table. */
export interface Report {
  add(figure: Figure): void;
  note(text: string): void;
  print(): void;
  /** Writes everything under artefacts/ and returns where. */
  save(arguments_: readonly string[]): string;
}

export function createReport(): Report {
  const figures: (Figure & { load: number })[] = [];
  const notes: string[] = [];
  const before = loadAverage();
  return {
    add(figure) {
      figures.push({ ...figure, load: loadAverage() });
      console.error(`  ${figure.what}: ${shown(figure.value)} ${figure.unit} ${verdict(figure)}`);
    },
    note: (text) => void notes.push(text),
    print() {
      console.log(table(figures.map(row)));
      for (const note of notes) console.log(`- ${note}`);
      console.log(`- ${cpus().length} processors, load ${before} before and ${loadAverage()} after.`);
    },
    save(arguments_) {
      mkdirSync(artefacts, { recursive: true });
      const path = join(artefacts, "bench.json");
      const results = figures.map((f) => ({ ...f, verdict: verdict(f) }));
      const machine = { processors: cpus().map((c) => c.model), node: process.version, loadBefore: before };
      const all = { at: new Date().toISOString(), arguments: arguments_, machine, results, notes };
      writeFileSync(path, `${JSON.stringify(all, null, 2)}\n`);
      return path;
    },
  };
}

function verdict({ value, target }: Figure): Verdict {
  if (!target) return "";
  const reaches = (bar: number) => (target.better === "lower" ? value <= bar : value >= bar);
  if (target.stretch !== undefined && reaches(target.stretch)) return "stretch";
  return reaches(target.required) ? "pass" : "falls short";
}

const shown = (n: number): string =>
  Number.isNaN(n) ? "-" : n >= 100 ? Math.round(n).toString() : n >= 10 ? n.toFixed(1) : n.toFixed(2);

const HEAD = ["", "figure", "measured", "unit", "limit here", "ratio", "required", "stretch", "", "load", ""];

function row(f: Figure & { load: number }): string[] {
  const bar = (n: number | undefined) =>
    f.target === undefined || n === undefined ? "" : `${f.target.better === "lower" ? "<=" : ">="} ${n}`;
  return [
    f.target?.id ?? "",
    f.what,
    shown(f.value),
    f.unit,
    f.limit === undefined ? "" : shown(f.limit),
    f.limit ? `${shown(f.value / f.limit)}x` : "",
    bar(f.target?.required),
    bar(f.target?.stretch),
    verdict(f),
    shown(f.load),
    f.note ?? "",
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, i) => Math.max(...all.map((r) => r[i]?.length ?? 0)));
  const line = (r: readonly string[]) =>
    r
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  const rule = widths.map((w) => "-".repeat(w)).join("  ");
  return [line(HEAD), rule, ...rows.map(line)].join("\n");
}
