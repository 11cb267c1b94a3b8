import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FacebookSimulator, startFacebookSimulator } from "../../simulators/facebook/index.ts";

const root = join(import.meta.dirname, "../../..");

interface DemoFile {
  readonly facebook: {
    readonly apps: readonly {
      readonly appId: string;
      readonly appSecret: string;
      readonly verifyToken: string;
      readonly pages: readonly { readonly pageId: string; readonly name: string; readonly token: string }[];
    }[];
  };
  readonly password: string;
}

/** The product as `npm start` runs it: the built gateway with the demo's data, the built client, and the simulator. */
export interface Product {
  readonly url: string;
  readonly password: string;
  readonly facebook: FacebookSimulator;
  /** The first page's id. */
  readonly pageId: string;
  /** Kills the gateway as a power cut would, or starts it again on the same data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startProduct(): Promise<Product> {
  // Fail at once with a path, not after a minute with a blank page.
  const entry = join(root, "apps/gateway/dist/main.js");
  const webRoot = join(root, "apps/desktop/dist/renderer");
  for (const file of [entry, join(webRoot, "index.html")]) await access(file);

  const demo = JSON.parse(await readFile(join(root, "apps/gateway/demo.json"), "utf8")) as DemoFile;
  const dataDir = mkdtempSync(join(tmpdir(), "tongdai-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const facebook = await startFacebookSimulator({
    apps: demo.facebook.apps.map((a) => ({ ...a, webhookUrl: `${url}/webhooks/facebook/${a.appId}` })),
    // The vendor's half-minute of patience with a gateway that is away becomes two seconds.
    timeFactor: 15,
  });
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    child = await startGateway(entry, {
      TONGDAI_PORT: String(port),
      TONGDAI_DATA_DIR: dataDir,
      TONGDAI_WEB_ROOT: webRoot,
      TONGDAI_DEMO: "1",
      TONGDAI_SIMULATORS: `facebook=${facebook.url}`,
      TONGDAI_FETCH_ALLOW: new URL(facebook.url).host,
      TONGDAI_LOG_LEVEL: "error",
    });
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await gone;
  }

  await start();
  return {
    url,
    password: demo.password,
    facebook,
    pageId: demo.facebook.apps[0]?.pages[0]?.pageId ?? "",
    kill: () => stop("SIGKILL"),
    start,
    async close() {
      await stop("SIGTERM");
      await facebook.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function startGateway(entry: string, env: Record<string, string>): Promise<ChildProcess> {
  // Node 24, as the tests themselves run on: never a bare "node".
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  return new Promise((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      output += String(chunk);
    });
    child.stdout.on("data", (chunk: Buffer) => {
      output += String(chunk);
      if (/tongdai listening /.test(output)) resolve(child);
    });
    child.once("exit", (code, signal) =>
      reject(new Error(`the gateway ended with ${code ?? signal}:\n${output}`)),
    );
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("no free port"));
      });
    });
  });
}
