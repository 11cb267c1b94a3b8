import { mkdir } from "node:fs/promises";
import { type Config, readConfig } from "./config.ts";
import { runAdmin } from "./console/admin.ts";
import { runConfigCommand } from "./console/config-file.ts";
import { firstRun } from "./console/first-run.ts";
import { runReplayCommand } from "./console/replay.ts";
import { builtIn, createGateway } from "./gateway.ts";
import { createLog } from "./log.ts";

const NODE = 24;
/** The store can no longer be trusted (sysexits.h: EX_SOFTWARE). */
const EXIT_STORE_FAILED = 70;
/** The configuration is wrong (sysexits.h: EX_CONFIG). */
const EXIT_CONFIG = 78;

if (Number(process.versions.node.split(".")[0]) < NODE)
  fail(`Node ${NODE} is needed, this is ${process.version}.`);
const [command, ...args] = process.argv.slice(2);
const config = configOrFail();
if (command === undefined) await serve(config);
else if (command === "admin") process.exitCode = await runAdmin(config, args);
else if (command === "replay") process.exitCode = await runReplayCommand(config, args, builtIn);
else if (command === "config-export" || command === "config-import")
  process.exitCode = await runConfigCommand(command, args, config);
else
  fail(
    `There is no command "${command}". Without one the gateway starts; "admin" manages people, "replay" runs a recorded day again, "config-export" and "config-import" move the configuration.`,
  );

async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 }).catch((error: unknown) =>
    fail(`TONGDAI_DATA_DIR: ${config.dataDir} cannot be a folder (${String(error)})`),
  );
  const notStarted = (error: unknown) => {
    log.fatal({ err: error }, "the gateway could not start");
    fail(error instanceof Error ? error.message : String(error));
  };
  const gateway = await createGateway(config, {
    log,
    onFatal: () => process.exit(EXIT_STORE_FAILED),
  }).catch(notStarted);
  await firstRun(gateway.ctx).catch(notStarted);
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      gateway.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "the gateway did not stop cleanly");
          process.exit(1);
        },
      );
    });
  // Last: whoever waits for this line may send a signal at once.
  process.stdout.write(`tongdai listening ${gateway.url}\n`);
}

function configOrFail(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(EXIT_CONFIG);
}
