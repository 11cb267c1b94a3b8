import { spawn } from "node:child_process";
import { ensureBuilt } from "./build.ts";
import { exitCode } from "./command.ts";
import { dataDir, gatewayEntry } from "./paths.ts";

/** A command of the gateway's own, on the store that `npm start` uses. */
export async function gatewayCommand(name: string): Promise<number> {
  await ensureBuilt();
  const args = [gatewayEntry, name, ...process.argv.slice(2)];
  const env = { ...process.env, TONGDAI_DATA_DIR: dataDir() };
  return exitCode(spawn(process.execPath, args, { stdio: "inherit", env }));
}
