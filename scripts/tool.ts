import { runMain, UserError } from "./lib/cli.ts";
import { passes, steps } from "./lib/steps.ts";

const HELP = `
Usage: npm run typecheck | lint | format

  typecheck   tsc -b over all projects
  lint        biome, oxlint with types, knip
  format      biome, writing what it can mend
`;

await runMain(async () => {
  const name = process.argv[2];
  if (name === undefined || process.argv.slice(3).some((word) => word === "--help" || word === "-h")) {
    console.log(HELP.trim());
    return name === undefined ? 1 : 0;
  }
  const step = Object.entries(steps).find(([key]) => key === name)?.[1];
  if (!step)
    throw new UserError(`There is no tool "${name}": choose one of ${Object.keys(steps).join(", ")}.`);
  return (await passes(step)) ? 0 : 1;
});
