import { existsSync } from "node:fs";
import { join } from "node:path";
import { hasDisplay, openBrowser } from "./lib/browser.ts";
import { ensureBuilt } from "./lib/build.ts";
import { type Group, openGroup } from "./lib/children.ts";
import { claim, requireUnclaimed } from "./lib/claim.ts";
import { readCommandLine, readPort, runMain, UserError } from "./lib/cli.ts";
import { type Addresses, type Demo, logInTable, readDemo } from "./lib/demo.ts";
import { desktopSpec, findElectron } from "./lib/electron.ts";
import { dataDir, shown } from "./lib/paths.ts";
import { requireFreePorts } from "./lib/ports.ts";
import { addressesFrom, gatewaySpec, simulatorPorts, simulatorSpecs } from "./lib/product.ts";
import { listenForStop } from "./lib/stop-signal.ts";

const HELP = `
Usage: npm start -- [options]

Builds what changed and runs the product with its demo: the gateway, the agents' client, a simulator of
each vendor, and a page on which you play the customer on every channel. Ctrl-C stops all of it.

  --port <n>             the gateway's port (TONGDAI_PORT, 4000)
  --simulator-port <n>   the customer's page (SIM_PORT, 4010); the simulators' ports follow
  --no-open              open neither the desktop nor a browser
  --verbose              show what the programs log
  -h, --help

TONGDAI_DATA_DIR is where everything is kept (./data).
`;

interface Options {
  readonly port: number;
  readonly simulatorPort: number;
  readonly open: boolean;
  readonly verbose: boolean;
}

const READY_WITHIN_MS = 60_000;

await runMain(async () => {
  const options = readOptions();
  const started = performance.now();
  const addresses = addressesFrom(`http://127.0.0.1:${options.port}`, options.simulatorPort);
  requireUnclaimed(dataDir());
  await requireFreePorts([
    { port: options.port, usedFor: "the gateway", otherwise: "npm start -- --port" },
    ...simulatorPorts(addresses, "npm start -- --simulator-port"),
  ]);
  await prepare();
  const release = claim(dataDir(), addresses.gateway);
  const group = openGroup({
    logDir: join(dataDir(), "logs"),
    onLine: (name, line) => {
      if (options.verbose) console.log(`${name} | ${line}`);
      else if (isNews(line)) console.log(`  ${line}`);
    },
  });
  const stop = listenForStop(() => group.kill());
  try {
    await Promise.race([run({ group, addresses, options, started }), group.death, stop.asked]);
    await Promise.race([group.death, stop.asked]);
    console.log("\nStopping ...");
  } finally {
    await group.stop();
    release();
    stop.dispose();
  }
  console.log("Stopped.");
  return 0;
});

function readOptions(): Options {
  const { values } = readCommandLine(HELP, {
    port: { type: "string" },
    "simulator-port": { type: "string" },
    "no-open": { type: "boolean" },
    verbose: { type: "boolean" },
  });
  return {
    port: readPort("--port", values["port"] ?? process.env["TONGDAI_PORT"], 4000),
    simulatorPort: readPort("--simulator-port", values["simulator-port"] ?? process.env["SIM_PORT"], 4010),
    open: values["no-open"] !== true,
    verbose: values["verbose"] === true,
  };
}

/** What the gateway has to tell a person, the seeding for example; its log is JSON. */
function isNews(line: string): boolean {
  return line.startsWith("tongdai ") && !line.includes("listening");
}

async function prepare(): Promise<void> {
  process.stdout.write("Building what changed ... ");
  console.log((await ensureBuilt()) ? "built." : "nothing changed.");
  if (!existsSync(dataDir())) {
    console.log(`First run: creating the store in ${shown(dataDir())} and a demo contact centre ...`);
  }
}

interface Run {
  readonly group: Group;
  readonly addresses: Addresses;
  readonly options: Options;
  readonly started: number;
}

async function run({ group, addresses, options, started }: Run): Promise<void> {
  const demo = readDemo();
  const gateway = group.start(gatewaySpec(addresses));
  const simulators = simulatorSpecs(addresses, demo).map((spec) => group.start(spec));
  const late = setTimeout(
    () => console.log("Still starting; what the programs say is shown by --verbose."),
    15_000,
  ).unref();
  const ready = Promise.all([
    gateway.says(/^tongdai listening http/m),
    ...simulators.map((simulator) => simulator.says(/^simulator listening http/m)),
  ]);
  await Promise.race([ready, tooLate()]);
  clearTimeout(late);
  console.log(banner({ addresses, demo, seconds: (performance.now() - started) / 1000 }));
  if (options.open) open(group, addresses);
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    const message = `Not ready after ${READY_WITHIN_MS / 1000} s. Look into ${shown(join(dataDir(), "logs"))}, or start with --verbose.`;
    setTimeout(() => reject(new UserError(message)), READY_WITHIN_MS).unref();
  });
}

function open(group: Group, addresses: Addresses): void {
  if (!hasDisplay()) return;
  const electron = findElectron();
  if (electron) group.start(desktopSpec(electron, addresses.gateway));
  else openBrowser(addresses.gateway);
}

interface Banner {
  readonly addresses: Addresses;
  readonly demo: Demo;
  readonly seconds: number;
}

function banner({ addresses, demo, seconds }: Banner): string {
  return `
Tongdai is ready (${seconds.toFixed(1)} s).

  Agents and supervisors   ${addresses.gateway}
  Play the customer        ${addresses.customer}

  Log in with the password ${demo.password} as
${logInTable(demo)
  .map((line) => `    ${line}`)
  .join("\n")}

  Everything is kept in ${shown(dataDir())} (npm run demo:reset begins afresh), the logs in ${shown(join(dataDir(), "logs"))}.
  The desktop in a window of its own: npm run desktop. Ctrl-C stops everything.
`;
}
