import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGateway, type Gateway, readConfig } from "@tongdai/gateway";
import { type FakeClock, fakeClock } from "@tongdai/shared/testing";
import { type ChildGateway, startChild } from "./child-gateway.ts";
import { freePort } from "./free-port.ts";
import { freshDatabase } from "./postgres.ts";
import { until } from "./until.ts";

/** A store and an address that outlive the gateways which are killed on them. */
export interface Killable {
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Where every gateway of it listens. */
  readonly url: string;
  /** Starts one in a process of its own. @param hosts that it may reach */
  start(hosts: readonly string[]): Promise<ChildGateway>;
  /** Starts the one that finds what the others left; its clock is past every lease of theirs. */
  survivor(hosts: readonly string[]): Promise<Survivor>;
  close(): Promise<void>;
}

export interface Survivor {
  readonly gateway: Gateway;
  readonly clock: FakeClock;
  /** Lets its time pass until nothing is owed to anybody and `isOver`. */
  quiet(isOver?: () => boolean | Promise<boolean>): Promise<void>;
}

export async function killable(engine: "sqlite" | "postgres"): Promise<Killable> {
  const dataDir = mkdtempSync(join(tmpdir(), "tongdai-kill-"));
  const database = engine === "postgres" ? await freshDatabase() : null;
  const databaseUrl = database?.url ?? join(dataDir, "tongdai.db");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  return {
    dataDir,
    databaseUrl,
    url,
    start: (hosts) =>
      startChild({
        dataDir,
        databaseUrl,
        port,
        env: { TONGDAI_FETCH_ALLOW: hosts.join(","), TONGDAI_PUBLIC_URL: url },
      }),
    async survivor(hosts) {
      const clock = fakeClock(Date.now() + 10 * 60_000);
      const config = { ...readConfig({}), dataDir, databaseUrl, port, publicUrl: url, logLevel: "silent" };
      const gateway = await createGateway(
        { ...config, fetchAllow: [...hosts] },
        { clock, random: () => 0.5, loopDelayMs: Number.POSITIVE_INFINITY },
      );
      return { gateway, clock, quiet: (isOver = () => true) => quiet(gateway, clock, isOver) };
    },
    async close() {
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function quiet(
  gateway: Gateway,
  clock: FakeClock,
  isOver: () => boolean | Promise<boolean>,
): Promise<void> {
  const owed = () => gateway.ctx.store.db.selectFrom("outbox").select("id").limit(1).execute();
  await until(
    async () => {
      clock.advance(500);
      await gateway.settle();
      return (await owed()).length === 0 && (await isOver());
    },
    "everything being delivered",
    240_000,
  );
}
