import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";

const run = promisify(execFile);

export interface OwnPostgres {
  readonly url: string;
  start(): Promise<void>;
  /** As a crash: connections break, nothing is flushed. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** A PostgreSQL server of the test's own, which may be stopped under the gateway's feet. */
export async function ownPostgres(): Promise<OwnPostgres> {
  const bin = binaries();
  const dir = mkdtempSync(join(tmpdir(), "tongdai-own-pg-"));
  const as = process.getuid?.() === 0 ? account() : undefined;
  if (as) chownSync(dir, as.uid, as.gid);
  const data = join(dir, "data");
  await run(
    join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8"],
    {
      ...as,
      cwd: dir,
    },
  );
  const port = await freePort();
  let server: ChildProcess | null = null;

  async function start(): Promise<void> {
    const child = spawn(
      join(bin, "postgres"),
      ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
      { ...as, cwd: dir, stdio: ["ignore", "ignore", "pipe"] },
    );
    server = child;
    await new Promise<void>((resolve, reject) => {
      let said = "";
      child.stderr.on("data", (chunk) => {
        said += String(chunk);
        if (said.includes("ready to accept connections")) resolve();
      });
      child.once("exit", () => reject(new Error(said)));
    });
    child.stderr.removeAllListeners("data").resume();
  }

  async function stop(): Promise<void> {
    const child = server;
    server = null;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, "exit");
    // SIGQUIT is pg_ctl's "immediate".
    child.kill("SIGQUIT");
    await gone;
  }

  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async remove() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function binaries(): string {
  const debian = "/usr/lib/postgresql";
  const [version] = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
  const bin = join(debian, version ?? "", "bin");
  if (!existsSync(join(bin, "initdb"))) throw new Error("PostgreSQL is missing and this test needs it");
  return bin;
}

function account(): { uid: number; gid: number } {
  const rows = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const row = rows.find((r) => r[0] === "postgres") ?? rows.find((r) => r[0] === "nobody");
  if (!row) throw new Error("no account to run PostgreSQL as");
  return { uid: Number(row[2]), gid: Number(row[3]) };
}
