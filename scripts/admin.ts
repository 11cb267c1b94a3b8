import { ensureBuilt } from "./lib/build.ts";
import { runMain } from "./lib/cli.ts";
import { runCommand } from "./lib/command.ts";
import { dataDir, gatewayEntry } from "./lib/paths.ts";

/** `npm run admin -- <command>`: the commands and their help are the gateway's own. */
await runMain(async () => {
  await ensureBuilt();
  return runCommand(process.execPath, [gatewayEntry, "admin", ...process.argv.slice(2)], {
    env: { TONGDAI_DATA_DIR: dataDir() },
  });
});
