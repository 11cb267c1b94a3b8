import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { requireUnclaimed } from "./lib/claim.ts";
import { readCommandLine, runMain, UserError } from "./lib/cli.ts";
import { dataDir, root, shown } from "./lib/paths.ts";

const HELP = `
Usage: npm run demo:reset -- [--yes]

Deletes the data of the demo (TONGDAI_DATA_DIR, ./data): the next npm start seeds it afresh.

  --yes    do not ask
`;

await runMain(async () => {
  const { values } = readCommandLine(HELP, { yes: { type: "boolean" } });
  const dir = dataDir();
  if (`${root}/`.startsWith(`${dir}/`) || dir === "/") {
    throw new UserError(
      `TONGDAI_DATA_DIR is ${dir}, which holds more than the demo's data: nothing was deleted.`,
    );
  }
  requireUnclaimed(dir);
  if (!existsSync(dir)) {
    console.log(`${shown(dir)} is not there: nothing to delete.`);
    return 0;
  }
  if (values["yes"] !== true && !(await confirm(dir))) {
    console.log("Nothing was deleted.");
    return 1;
  }
  await rm(dir, { recursive: true });
  console.log(`${shown(dir)} is deleted.`);
  return 0;
});

async function confirm(dir: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UserError(
      `Nobody is here to ask about deleting ${shown(dir)}. Type: npm run demo:reset -- --yes`,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Delete everything in ${dir}? Type yes: `);
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}
