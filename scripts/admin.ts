import { spawn } from "node:child_process";
import { ensureBuilt } from "./lib/build.ts";
import { runMain } from "./lib/cli.ts";
import { exitCode } from "./lib/command.ts";
import { dataDir, gatewayEntry } from "./lib/paths.ts";

/** `npm run admin -- <command>`: the commands and their help are the gateway's own. */
await runMain(async () => {
  await ensureBuilt();
  const args = [gatewayEntry, "admin", ...process.argv.slice(2)];
  const env = { ...process.env, TONGDAI_DATA_DIR: dataDir() };
  return exitCode(spawn(process.execPath, args, { stdio: "inherit", env }));
});
