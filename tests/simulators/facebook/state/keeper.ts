import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Sim } from "../core/context.ts";
import { parseSaved, type Saved } from "./saved.ts";
import { Misshapen } from "./shape.ts";
import { restore, save } from "./world.ts";

/** Collects the changes of one act: a message, its webhook's answer, its receipts. */
const SAVE_AFTER_MS = 250;

export interface Keeper {
  changed(): void;
  /** Writes what is not written yet; what changes later is lost. */
  close(): void;
}

/** Brings back the world of the last run, if the file has one, and keeps the file up to date from here on. */
export function keepState(path: string, sim: Sim): Keeper {
  const saved = load(path);
  if (saved) restore(sim, saved);
  let cancel: (() => void) | undefined;
  let closed = false;

  const write = (): void => {
    cancel = undefined;
    try {
      mkdirSync(dirname(path), { recursive: true });
      // Renamed into place: whoever reads finds the old world or the new one, never half of it.
      writeFileSync(`${path}.tmp`, JSON.stringify(save(sim)));
      renameSync(`${path}.tmp`, path);
    } catch (error) {
      // A full disk costs the memory of this run, not the run.
      say(`${path} could not be written: ${reason(error)}`);
    }
  };

  return {
    changed() {
      if (!closed) cancel ??= sim.clock.setTimeout(write, SAVE_AFTER_MS);
    },
    close() {
      closed = true;
      if (!cancel) return;
      cancel();
      write();
    },
  };
}

function load(path: string): Saved | undefined {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return parseSaved(content);
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    renameSync(path, `${path}.bad`);
    say(`${path} is damaged (${error.message}); it is now ${path}.bad, and the world starts empty`);
    return undefined;
  }
}

function say(line: string): void {
  process.stderr.write(`simulator: ${line}\n`);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
