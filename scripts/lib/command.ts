import type { ChildProcess, SpawnOptions } from "node:child_process";
import { UserError } from "./cli.ts";
import { root } from "./paths.ts";

/**
 * Options for the tools of node_modules/.bin, which bootstrap.mjs has put first in PATH. They are spawned by
 * literal name, so that knip sees which packages are used. On Windows npm's tools are .cmd files, which only a
 * shell starts.
 */
export const inView: SpawnOptions = { cwd: root, stdio: "inherit", shell: process.platform === "win32" };
export const outOfView: SpawnOptions = { ...inView, stdio: ["ignore", "pipe", "pipe"] };

/**
 * Waits for the exit code, passing on meanwhile what the person or the system signals to us. After a signal
 * nothing more is run, whatever the child made of it.
 */
export function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
    let interrupted = false;
    const passOn = (signal: NodeJS.Signals) => {
      interrupted = true;
      child.kill(signal);
    };
    for (const signal of signals) process.on(signal, passOn);
    const undo = () => {
      for (const signal of signals) process.off(signal, passOn);
    };
    child.once("error", (error) => {
      undo();
      reject(error);
    });
    child.once("close", (code) => {
      undo();
      if (interrupted) reject(new UserError("Interrupted."));
      else resolve(code ?? 1);
    });
  });
}

/** The same for a child out of view: what it said comes back. */
export async function outcome(child: ChildProcess): Promise<{ code: number; output: string }> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += String(chunk);
    });
  }
  return { code: await exitCode(child), output };
}
