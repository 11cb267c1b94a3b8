import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "./clock.ts";

/** Collects the changes of one act: a message, its webhook's answer, its receipts. */
const SAVE_AFTER_MS = 250;

export interface Keeper {
  changed(): void;
  /** Writes what is not written yet; what changes later is lost. */
  close(): void;
}

export interface Kept {
  readonly clock: Clock;
  /** The world as JSON. */
  save(): unknown;
  /** Brings back what `save` gave. Throws for what is no such thing, and then changes nothing. */
  load(text: string): void;
}

/** Brings back the world of the last run, if the file has one, and keeps the file up to date from here on. */
export function keepState(path: string, kept: Kept): Keeper {
  bringBack(path, kept);
  let cancel: (() => void) | undefined;
  let closed = false;

  const write = (): void => {
    cancel = undefined;
    try {
      mkdirSync(dirname(path), { recursive: true });
      // Renamed into place: whoever reads finds the old world or the new one, never half of it.
      writeFileSync(`${path}.tmp`, JSON.stringify(kept.save()));
      renameSync(`${path}.tmp`, path);
    } catch (error) {
      // A full disk costs the memory of this run, not the run.
      say(`${path} could not be written: ${reason(error)}`);
    }
  };

  return {
    changed() {
      if (!closed) cancel ??= kept.clock.setTimeout(write, SAVE_AFTER_MS);
    },
    close() {
      closed = true;
      if (!cancel) return;
      cancel();
      write();
    },
  };
}

function bringBack(path: string, { load }: Kept): void {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  try {
    load(content);
  } catch (error) {
    renameSync(path, `${path}.bad`);
    say(`${path} is damaged (${reason(error)}); it is now ${path}.bad, and the world starts empty`);
  }
}

function say(line: string): void {
  process.stderr.write(`simulator: ${line}\n`);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
