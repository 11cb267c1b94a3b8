import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeClock, fakeClock } from "@tongdai/shared/testing";
import { freshDatabase } from "../../../../tests/support/postgres.ts";
import type { Channel } from "../channels/channel.ts";
import { channelRegistry } from "../channels/registry.ts";
import { type Config, readConfig } from "../config.ts";
import type { Ctx } from "../context.ts";
import { newId } from "../ids.ts";
import { createLog } from "../log.ts";
import { diskMedia } from "../media/disk.ts";
import { openSecrets } from "../secrets.ts";
import type { Engine } from "../store/engine.ts";
import { openStore } from "../store/index.ts";

export interface TestCtx extends Ctx {
  readonly clock: FakeClock;
  /** What was woken, in order: `router`, `outbox`, `timers`. */
  readonly woken: string[];
  close(): Promise<void>;
}

export interface TestOptions {
  readonly engine?: Engine;
  readonly config?: Partial<Config>;
  readonly channels?: readonly Channel[];
  readonly fetch?: typeof fetch;
}

/** Everything that a feature needs, with a real store and real files in a folder of its own. */
export async function testCtx(o: TestOptions = {}): Promise<TestCtx> {
  const dataDir = mkdtempSync(join(tmpdir(), "tongdai-test-"));
  const database = o.engine === "postgres" ? await freshDatabase() : null;
  const databaseUrl = database?.url ?? join(dataDir, "store.db");
  const config = { ...readConfig({}), dataDir, databaseUrl, port: 0, logLevel: "silent", ...o.config };
  const store = await openStore(databaseUrl, {
    onFatal: (error) => {
      throw error;
    },
  });
  const woken: string[] = [];
  return {
    config,
    instanceId: newId(),
    clock: fakeClock(),
    log: createLog("silent"),
    store,
    channels: channelRegistry(o.channels ?? []),
    media: await diskMedia(join(dataDir, "media")),
    secrets: await openSecrets(config),
    fetch: o.fetch ?? refuseFetch,
    post: () => Promise.reject(new Error("this test posts nothing")),
    telephony: null,
    fetchMedia: () => Promise.reject(new Error("this test fetches no media")),
    ephemeral: { typing: () => {} },
    act: () => {},
    expectedWait: () => null,
    woken,
    wake: {
      router: () => void woken.push("router"),
      outbox: () => void woken.push("outbox"),
      timers: () => void woken.push("timers"),
      webhooks: () => void woken.push("webhooks"),
      presence: () => void woken.push("presence"),
    },
    async close() {
      await store.close();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const refuseFetch: typeof fetch = () => Promise.reject(new Error("this test gave no fetch"));
