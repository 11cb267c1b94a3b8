import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { freePort } from "./free-port.ts";

/** Whether rtpengine is there (Debian: rtpengine-daemon). */
export const hasRtpengine = (() => {
  try {
    execFileSync("rtpengine", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

export interface Rtpengine {
  /** Where it takes its ng protocol on this machine. */
  readonly port: number;
  /** Resolves when it is gone, without a word to anybody. */
  kill(): Promise<void>;
  /** Resolves when it takes questions again. */
  start(): Promise<void>;
}

/** A real rtpengine on the loopback, without its kernel module. */
export async function rtpengine(): Promise<Rtpengine> {
  const port = await freePort();
  // Ports of media in pairs; those of outgoing connections begin above.
  const first = 10_000 + 2 * Math.trunc((port % 2_000) / 2);
  let child: ChildProcess;
  async function start(): Promise<void> {
    child = spawn(
      "rtpengine",
      [
        "--config-file=none",
        "--table=-1",
        "--foreground",
        "--log-stderr",
        "--log-level=6",
        "--interface=127.0.0.1",
        `--listen-ng=127.0.0.1:${port}`,
        `--port-min=${first}`,
        `--port-max=${first + 200}`,
        "--num-threads=1",
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    const lines = createInterface({ input: child.stderr as NodeJS.ReadableStream });
    await new Promise<void>((resolve, reject) => {
      lines.on("line", (line) => line.includes("Startup complete") && resolve());
      child.once("exit", (code) => reject(new Error(`rtpengine ended with ${code}`)));
    });
  }
  await start();
  return {
    port,
    start,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
