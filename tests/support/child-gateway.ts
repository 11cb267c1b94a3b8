import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../apps/gateway/src/main.ts", import.meta.url));

export interface ChildGateway {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it has written to its standard error. */
  said(): string;
  /** The machine's power, as far as this process goes. */
  kill(): Promise<void>;
  /** Ends it as an operator does. Returns its exit code. */
  stop(): Promise<number | null>;
}

export interface ChildOptions {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Program and arguments that start it, before node: a tracer, another user. */
  readonly under?: readonly string[];
}

/** The gateway as the operator runs it: another process, real time. */
export async function startChild(o: ChildOptions): Promise<ChildGateway> {
  const child = spawnGateway(o);
  let err = "";
  child.stderr?.on("data", (chunk) => {
    err += String(chunk);
  });
  const url = await new Promise<string>((resolve, reject) => {
    let out = "";
    child.stdout?.on("data", (chunk) => {
      out += String(chunk);
      const hit = /tongdai listening (\S+)/.exec(out)?.[1];
      if (hit) resolve(hit);
    });
    child.once("exit", (code) => reject(new Error(`the gateway ended with ${code}: ${err}`)));
  });
  const gone = once(child, "exit") as Promise<[number | null, string | null]>;
  return {
    url,
    process: child,
    said: () => err,
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      child.kill("SIGTERM");
      return (await gone)[0];
    },
  };
}

/** Starts it and waits for its end: for starts that must fail. */
export async function runChild(o: ChildOptions): Promise<{ code: number | null; said: string }> {
  const child = spawnGateway(o);
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += String(chunk);
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return { code, said };
}

function spawnGateway(o: ChildOptions): ChildProcess {
  const [program, ...args] = [...(o.under ?? []), process.execPath, MAIN];
  return spawn(program ?? process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_NO_WARNINGS: "1",
      TONGDAI_DATA_DIR: o.dataDir,
      TONGDAI_DATABASE_URL: o.databaseUrl,
      TONGDAI_PORT: String(o.port ?? 0),
      TONGDAI_LOG_LEVEL: "warn",
      ...o.env,
    },
  });
}
