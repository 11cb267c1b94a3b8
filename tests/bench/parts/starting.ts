import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { APP, type Centre, PAGE_ID, seedCentre } from "../gateway/seed.ts";
import { median } from "../lib/percentiles.ts";
import { root } from "../lib/place.ts";
import { bodyOf, requestOf } from "../load/bodies.ts";
import { openLine } from "../load/line.ts";
import { targets } from "../targets.ts";
import type { Part } from "./part.ts";

const built = join(root, "apps/gateway/dist/main.js");
const source = join(root, "apps/gateway/src/main.ts");

/** From the start of the process to the first webhook that is durable. */
export const starting: Part = async ({ report, folder, quick }) => {
  const entry = existsSync(built) ? built : source;
  if (!existsSync(entry))
    return report.note("starting: the gateway has no main module yet, so it was left out");
  report.note(
    `starting: ${entry === built ? "the built gateway" : "the gateway from source"}, until a webhook is answered 200`,
  );

  const bare = await times(5, () => untilExit());
  const small = await seedCentre(join(folder, "small"), {
    agents: 1,
    queues: 1,
    conversations: 1,
    work: "none",
  });
  const cold = await times(quick ? 2 : 5, (n) => untilAccepted(entry, small, n));
  const limit = median(bare);
  const note = "limit: the runtime alone";
  report.add({
    what: "cold start to the first webhook",
    value: median(cold),
    unit: "ms",
    target: targets.coldStart,
    limit,
    note,
  });

  const conversations = quick ? 5_000 : 100_000;
  const full = await seedCentre(join(folder, "full"), {
    agents: 500,
    queues: 50,
    conversations,
    work: "active",
  });
  const again = await times(quick ? 2 : 5, (n) => untilAccepted(entry, full, n));
  report.add({
    what: `restart after kill -9, ${conversations} open`,
    value: median(again),
    unit: "ms",
    target: targets.restart,
    limit,
  });
};

async function times(count: number, work: (n: number) => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n++) all.push(await work(n));
  return all;
}

async function untilExit(): Promise<number> {
  const from = performance.now();
  await once(spawn(process.execPath, ["-e", ""], { stdio: "ignore" }), "exit");
  return performance.now() - from;
}

const PATIENCE_MS = 60_000;

async function untilAccepted(entry: string, centre: Centre, n: number): Promise<number> {
  const port = await freePort();
  const from = performance.now();
  const child = spawn(process.execPath, [entry], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      TONGDAI_DATA_DIR: centre.dataDir,
      TONGDAI_DATABASE_URL: centre.databaseUrl,
      TONGDAI_PORT: String(port),
      TONGDAI_LOG_LEVEL: "error",
    },
  });
  try {
    while ((await knock(port, centre, n)) !== 200) {
      if (child.exitCode !== null) throw new Error(`the gateway ended (${child.exitCode})`);
      if (performance.now() - from > PATIENCE_MS) throw new Error("the gateway did not start");
      await new Promise((resume) => setTimeout(resume, 2));
    }
    return performance.now() - from;
  } finally {
    const gone = once(child, "exit");
    if (child.kill("SIGKILL")) await gone;
  }
}

async function knock(port: number, centre: Centre, n: number): Promise<number> {
  const url = new URL(`http://127.0.0.1:${port}`);
  const body = bodyOf({ n, pageId: PAGE_ID, customer: centre.customers[0] ?? "", at: Date.now() });
  const shot = requestOf({
    path: `/webhooks/facebook/${APP.appId}`,
    host: url.host,
    secret: APP.appSecret,
    body,
  });
  try {
    const line = await openLine(url);
    const status = await new Promise<number>((resolve) => line.send(shot, resolve));
    line.close();
    return status;
  } catch {
    return 0;
  }
}
