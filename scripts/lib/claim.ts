import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "./cli.ts";
import { shown } from "./paths.ts";

interface Holder {
  readonly pid: number;
  readonly url: string;
}

/**
 * Notes in the data directory that this process runs a gateway on it: a second one on the same store, on another
 * port, would route the same work twice. Gives back the release.
 */
export function claim(dataDir: string, url: string): () => void {
  requireUnclaimed(dataDir);
  mkdirSync(dataDir, { recursive: true });
  const file = note(dataDir);
  writeFileSync(file, JSON.stringify({ pid: process.pid, url } satisfies Holder));
  return () => rmSync(file, { force: true });
}

export function requireUnclaimed(dataDir: string): void {
  const holder = readHolder(note(dataDir));
  if (!holder || !runs(holder.pid)) return;
  throw new UserError(
    `Tongdai runs already on ${shown(dataDir)}: ${holder.url}, process ${holder.pid}. Use that one, stop it (Ctrl-C in its terminal), or set TONGDAI_DATA_DIR to another folder.`,
  );
}

const note = (dataDir: string) => join(dataDir, "running.json");

function readHolder(file: string): Holder | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    // Half a note is what a power cut leaves: nobody runs.
    return undefined;
  }
}

/** After a crash another program may have got the number; where the system tells, look at what it runs. */
function runs(pid: number): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  if (existsSync("/proc/self/cmdline")) {
    return existsSync(commandLine) && readFileSync(commandLine, "utf8").includes("node");
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
