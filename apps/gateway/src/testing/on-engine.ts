import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeClock, fakeClock } from "@tongdai/shared/testing";
import { freshDatabase } from "../../../../tests/support/postgres.ts";
import { readConfig } from "../config.ts";
import { createGateway, type Gateway } from "../gateway.ts";

export interface OnEngine {
  readonly gateway: Gateway;
  readonly clock: FakeClock;
  /** Waits until nothing moves any more: a timer that tells nobody may still wake the router once that had come to rest. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** A gateway on an empty store of its own, and on a clock that stands still. */
export async function onEngine(engine: "sqlite" | "postgres"): Promise<OnEngine> {
  const dataDir = mkdtempSync(join(tmpdir(), "tongdai-engine-"));
  const database = engine === "postgres" ? await freshDatabase() : null;
  const clock = fakeClock();
  const databaseUrl = database?.url ?? join(dataDir, "store.db");
  const gateway = await createGateway(
    { ...readConfig({}), dataDir, databaseUrl, port: 0, logLevel: "silent" },
    { clock, random: () => 0.5, loopDelayMs: Number.POSITIVE_INFINITY },
  );
  return {
    gateway,
    clock,
    async settle() {
      for (let calm = 0, head = -1; calm < 2; ) {
        await gateway.settle();
        const now = await gateway.ctx.store.head();
        calm = now === head ? calm + 1 : 0;
        head = now;
      }
    },
    async close() {
      await gateway.close();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
