import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "./cli.ts";
import { root, shown } from "./paths.ts";

export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** A person may close it without an end to the rest. */
  readonly mayEnd?: boolean;
}

export interface Group {
  start(spec: ChildSpec): Child;
  /** Rejects with a UserError as soon as a child ends that should not. */
  readonly death: Promise<never>;
  /** SIGTERM, and SIGKILL for those that do not go in time. */
  stop(): Promise<void>;
  kill(): void;
}

interface Child {
  /** Resolves with the first match in what the child writes on stdout. */
  says(pattern: RegExp): Promise<RegExpMatchArray>;
}

export interface GroupOptions {
  readonly logDir: string;
  readonly patienceMs?: number;
  /** Called with every line of every child. */
  readonly onLine?: (name: string, line: string) => void;
}

const LAST_LINES = 25;

/** Children in process groups of their own: Ctrl-C reaches only the launcher, which then ends them in order. */
export function openGroup(options: GroupOptions): Group {
  mkdirSync(options.logDir, { recursive: true });
  const running = new Map<ChildProcess, Promise<void>>();
  const caretaker = startCaretaker();
  let stopping = false;
  const { promise: death, reject: reportDeath } = Promise.withResolvers<never>();
  // It may happen while nobody races against it, between two steps of the launcher.
  death.catch(() => {});

  function start(spec: ChildSpec): Child {
    const logFile = join(options.logDir, `${spec.name.replaceAll(" ", "-")}.log`);
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd ?? root,
      env: { ...process.env, ...spec.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    caretaker.watch(child);
    const lines = keepLines(child, logFile, (line) => options.onLine?.(spec.name, line));
    const gone = new Promise<void>((resolve) => {
      // "close" and not "exit": its last words are in by then.
      child.once("close", (code, signal) => {
        running.delete(child);
        if (!stopping && !spec.mayEnd)
          reportDeath(obituary({ spec, end: signal ?? `exit code ${code}`, logFile, lines }));
        resolve();
      });
      child.once("error", (error) => {
        running.delete(child);
        reportDeath(new UserError(`The ${spec.name} could not be started: ${error.message}.`));
        resolve();
      });
    });
    running.set(child, gone);
    return { says: (pattern) => firstMatch(child, pattern) };
  }

  async function stop(): Promise<void> {
    stopping = true;
    for (const child of running.keys()) child.kill("SIGTERM");
    const tooLong = setTimeout(kill, options.patienceMs ?? 10_000);
    await Promise.all(running.values());
    clearTimeout(tooLong);
    caretaker.dismiss();
  }

  function kill(): void {
    for (const child of running.keys()) child.kill("SIGKILL");
  }

  return { start, death, stop, kill };
}

function keepLines(child: ChildProcess, logFile: string, onLine: (line: string) => void): string[] {
  const lines: string[] = [];
  const log = createWriteStream(logFile);
  for (const stream of [child.stdout, child.stderr]) {
    let open = "";
    stream?.pipe(log, { end: false });
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      const parts = (open + chunk).split("\n");
      open = parts.pop() ?? "";
      for (const line of parts) {
        lines.push(line);
        onLine(line);
      }
      lines.splice(0, lines.length - LAST_LINES);
    });
    stream?.once("end", () => {
      if (open) lines.push(open);
    });
  }
  child.once("close", () => log.end());
  return lines;
}

function firstMatch(child: ChildProcess, pattern: RegExp): Promise<RegExpMatchArray> {
  return new Promise((resolve) => {
    let said = "";
    const look = (chunk: string) => {
      said += chunk;
      const match = said.match(pattern);
      if (!match) return;
      child.stdout?.off("data", look);
      resolve(match);
    };
    child.stdout?.on("data", look);
  });
}

interface Obituary {
  readonly spec: ChildSpec;
  readonly end: string;
  readonly logFile: string;
  readonly lines: string[];
}

function obituary({ spec, end, logFile, lines }: Obituary): UserError {
  const words =
    lines.length > 0
      ? `Its last words:\n${lines.map((line) => `  | ${line}`).join("\n")}`
      : "It said nothing.";
  return new UserError(
    `The ${spec.name} ended by itself (${end}), so everything is stopped. ${words}\nThe whole log: ${shown(logFile)}`,
  );
}

/**
 * A shell that waits for the end of a pipe which this process holds open: when the launcher is killed outright,
 * it ends the children, which would otherwise hold the ports until somebody finds them.
 */
function startCaretaker(): { watch(child: ChildProcess): void; dismiss(): void } {
  if (process.platform === "win32") return { watch: () => {}, dismiss: () => {} };
  const script = 'while read -r pid; do pids="$pids $pid"; done; kill -TERM $pids';
  const shell = spawn("sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  shell.unref();
  return {
    watch: (child) => {
      if (child.pid !== undefined) shell.stdin.write(`${child.pid}\n`);
    },
    dismiss: () => {
      shell.kill("SIGKILL");
      shell.stdin.destroy();
    },
  };
}
