import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./lib/build.ts";
import { runMain, UserError } from "./lib/cli.ts";
import { exitCode } from "./lib/command.ts";
import { root, shown } from "./lib/paths.ts";

/** `npm run bench -- [options]`: builds, then measures. The options and their help are those of tests/bench/run.ts. */
await runMain(async () => {
  const entry = join(root, "tests/bench/run.ts");
  if (!existsSync(entry)) throw new UserError(`There is nothing to measure yet: ${shown(entry)} is missing.`);
  await ensureBuilt();
  return exitCode(
    spawn(process.execPath, [entry, ...process.argv.slice(2)], { cwd: root, stdio: "inherit" }),
  );
});
