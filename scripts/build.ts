import { ensureBuilt } from "./lib/build.ts";
import { readCommandLine, runMain } from "./lib/cli.ts";

const HELP = `
Usage: npm run build

Builds the gateway (apps/gateway/dist) and the desktop with its client (apps/desktop/dist) where sources changed.
`;

await runMain(async () => {
  readCommandLine(HELP, {});
  console.log((await ensureBuilt()) ? "Built." : "Nothing changed since the last build.");
  return 0;
});
