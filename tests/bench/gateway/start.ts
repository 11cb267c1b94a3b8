import { join } from "node:path";
import { type Child, start } from "../lib/wire.ts";
import type { GatewayJobs } from "./child.ts";
import type { Centre } from "./seed.ts";

export interface Running {
  readonly url: string;
  /** From asking until it listens, without the start of the process. */
  readonly ms: number;
  readonly child: Child<GatewayJobs>;
  stop(): Promise<void>;
}

/** A gateway on a seeded store, in a process of its own. */
export async function startGateway(
  centre: Pick<Centre, "dataDir" | "databaseUrl">,
  { port = 0, env = {} }: { port?: number; env?: Record<string, string> } = {},
): Promise<Running> {
  const child = start<GatewayJobs>(join(import.meta.dirname, "child.ts"), { execArgv: ["--expose-gc"] });
  const { url, ms } = await child.do("start", {
    TONGDAI_DATA_DIR: centre.dataDir,
    TONGDAI_DATABASE_URL: centre.databaseUrl,
    TONGDAI_PORT: String(port),
    // The page's address answers nobody here, which the gateway would say aloud.
    TONGDAI_LOG_LEVEL: "error",
    ...env,
  });
  return {
    url,
    ms,
    child,
    async stop() {
      await child.do("close");
      await child.stop();
    },
  };
}
