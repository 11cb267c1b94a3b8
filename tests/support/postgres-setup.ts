import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { TestProject } from "vitest/node";
import { freePort } from "./free-port.ts";

/**
 * One private PostgreSQL cluster per test run, on loopback, in a temporary directory. vitest calls a global
 * set-up once per project but in one process, so the projects share the cluster and the last one out ends it.
 */
interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
}
interface Account {
  readonly uid: number;
  readonly gid: number;
}
interface Shared {
  users: number;
  cluster: Promise<Cluster>;
}

const SHARED = Symbol.for("tongdai.tests.postgres");
const place = globalThis as typeof globalThis & { [SHARED]?: Shared | undefined };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  place[SHARED] ??= { users: 0, cluster: startCluster() };
  const shared = place[SHARED];
  shared.users += 1;
  project.provide("postgresUrl", (await shared.cluster).url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    place[SHARED] = undefined;
    await (await shared.cluster).stop();
  };
}

async function startCluster(): Promise<Cluster> {
  const bin = findBinaries();
  const account = await unprivilegedAccount();
  const dir = await mkdtemp(join(tmpdir(), "tongdai-pg-"));
  if (account) await chown(dir, account.uid, account.gid);
  const data = join(dir, "data");
  const caretaker = startCaretaker(dir, data);
  try {
    await initialise(join(bin, "initdb"), data, account);
    return { url: await serve(join(bin, "postgres"), data, account), stop: () => caretaker.stop() };
  } catch (error) {
    await caretaker.stop();
    throw error;
  }
}

/** Starts the server and gives its address. */
async function serve(postgres: string, data: string, account: Account | undefined): Promise<string> {
  // Another program may take the free port between looking and listening.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = spawn(postgres, serverArguments(data, port), {
      ...account,
      cwd: data,
      stdio: ["ignore", "ignore", "pipe"],
    });
    server.unref();
    const problem = await untilReady(server);
    if (problem === undefined) return `postgres://postgres@127.0.0.1:${port}/postgres`;
    if (attempt === 3) throw new Error(`PostgreSQL did not start for the tests: ${problem}`);
  }
}

function serverArguments(data: string, port: number): string[] {
  const fsync = process.env["TONGDAI_TEST_PG_FSYNC"] === "on" ? "on" : "off";
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    fsync,
    full_page_writes: fsync,
  };
  return [
    "-D",
    data,
    "-p",
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ];
}

/** The newest installed version: Debian keeps the server programs outside PATH. */
function findBinaries(): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const candidates = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  const found = candidates.find(
    (dir) => existsSync(join(dir, "initdb")) && existsSync(join(dir, "postgres")),
  );
  if (found) return found;
  throw new Error(
    "PostgreSQL is missing and these tests need it. Type: sudo apt-get update && sudo apt-get install -y postgresql",
  );
}

/** PostgreSQL refuses to run as root: lend it an account that can do nothing else. */
async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const entry = ["postgres", "nobody"].map((name) => accounts.find((a) => a[0] === name)).find(Boolean);
  if (!entry)
    throw new Error("PostgreSQL refuses to run as root and there is no account postgres or nobody.");
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

async function initialise(initdb: string, data: string, account: Account | undefined): Promise<void> {
  const locale = process.platform === "linux" ? "--locale=C.UTF-8" : "--no-locale";
  const args = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", locale, "--no-sync"];
  const child = spawn(initdb, args, {
    ...account,
    cwd: join(data, ".."),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`initdb failed (${code}): ${errors}`);
}

/** Undefined when it accepts connections, otherwise what it said before it ended. */
function untilReady(server: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = "";
    server.stderr?.on("data", (chunk) => {
      said += String(chunk);
      if (!said.includes("ready to accept connections")) return;
      // From here on the pipe is only emptied: test databases provoke errors on purpose.
      server.stderr?.removeAllListeners("data").resume();
      resolve(undefined);
    });
    server.once("error", (error) => resolve(error.message));
    server.once("exit", () => resolve(said.trim()));
  });
}

/**
 * A shell that waits for the end of a pipe which this process holds open, then ends the server and removes its
 * directory. So nothing is left behind, not even when the test run is killed. It removes again while initdb,
 * orphaned by such an end, still writes.
 */
function startCaretaker(dir: string, data: string): { stop(): Promise<void> } {
  const script = `
    cat >/dev/null
    server=$(head -n 1 "$2/postmaster.pid" 2>/dev/null) && kill -QUIT "$server" 2>/dev/null
    while [ -n "$server" ] && kill -0 "$server" 2>/dev/null; do sleep 0.05; done
    until rm -rf "$1" 2>/dev/null; do sleep 0.1; done`;
  const shell = spawn("sh", ["-c", script, "sh", dir, data], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const gone = once(shell, "exit");
  shell.unref();
  return {
    stop: async () => {
      shell.ref();
      shell.stdin.end();
      await gone;
    },
  };
}
