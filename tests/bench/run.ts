import { parseArgs } from "node:util";
import { diskFolder } from "./lib/place.ts";
import { arrivals } from "./parts/arrivals.ts";
import { connections } from "./parts/connections.ts";
import { floor } from "./parts/floor.ts";
import { inbound } from "./parts/inbound.ts";
import { lists } from "./parts/lists.ts";
import { mail } from "./parts/mail.ts";
import type { Part } from "./parts/part.ts";
import { renderer } from "./parts/renderer.ts";
import { reports } from "./parts/reports.ts";
import { routing } from "./parts/routing.ts";
import { starting } from "./parts/starting.ts";
import { texts } from "./parts/texts.ts";
import { createReport } from "./report.ts";

const parts: Record<string, Part> = {
  inbound,
  routing,
  arrivals,
  floor,
  lists,
  reports,
  texts,
  starting,
  connections,
  mail,
  renderer,
};

const HELP = `
Usage: npm run bench -- [--only <name>]... [--quick]

Measures the gateway and the client against their targets and against what this machine can do at best, on 127.0.0.1 and in a folder of
its own that is removed afterwards. Prints one table and writes artefacts/bench.json. Figures mean little while other
programs are busy: the load is printed beside each.

  --only <name>  one part, may be repeated: ${Object.keys(parts).join(", ")}
  --quick        smaller and shorter: to see whether it runs, not how fast
`;

const { values } = parseArgs({
  options: {
    help: { type: "boolean", short: "h", default: false },
    only: { type: "string", multiple: true, default: [] },
    quick: { type: "boolean", default: false },
  },
});

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP.trim());
    return 0;
  }
  const unknown = values.only.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) {
    console.error(`There is no part "${unknown}". Parts: ${Object.keys(parts).join(", ")}.`);
    return 2;
  }
  const report = createReport();
  let failed = 0;
  for (const [name, part] of Object.entries(parts)) {
    if (values.only.length > 0 && !values.only.includes(name)) continue;
    console.error(`${name} ...`);
    const folder = diskFolder();
    try {
      await part({ report, folder: folder.path, quick: values.quick });
    } catch (error) {
      failed++;
      report.note(`${name} broke off: ${error instanceof Error ? error.message : String(error)}`);
      console.error(error);
    } finally {
      folder.remove();
    }
  }
  report.print();
  console.log(`- ${report.save(process.argv.slice(2))}`);
  return failed > 0 ? 1 : 0;
}

process.exitCode = await main();
