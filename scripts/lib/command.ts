import { spawn } from "node:child_process";
import { root } from "./paths.ts";

export interface CommandOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
}

/** Runs one of the tools of node_modules/.bin (which bootstrap.mjs has put first in PATH) in plain view. */
export function runCommand(command: string, args: string[], options: CommandOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: "inherit",
      // On Windows npm's tools are .cmd files, which only a shell starts.
      shell: process.platform === "win32" && command !== process.execPath,
    });
    const undo = passOn(["SIGINT", "SIGTERM", "SIGHUP"], (signal) => child.kill(signal));
    child.once("error", reject);
    child.once("exit", (code) => {
      undo();
      resolve(code ?? 1);
    });
  });
}

/** The same without the view: what it said comes back. */
export function captureCommand(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && command !== process.execPath,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += String(chunk);
      });
    }
    const undo = passOn(["SIGINT", "SIGTERM", "SIGHUP"], (signal) => child.kill(signal));
    child.once("error", reject);
    child.once("close", (code) => {
      undo();
      resolve({ code: code ?? 1, output });
    });
  });
}

function passOn(signals: NodeJS.Signals[], send: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of signals) process.on(signal, send);
  return () => {
    for (const signal of signals) process.off(signal, send);
  };
}
