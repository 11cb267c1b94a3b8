import { join } from "node:path";
import { openGroup } from "./lib/children.ts";
import { claim, requireUnclaimed } from "./lib/claim.ts";
import { readCommandLine, readPort, runMain } from "./lib/cli.ts";
import { logInTable, readDemo } from "./lib/demo.ts";
import { dataDir, root } from "./lib/paths.ts";
import { requireFreePorts } from "./lib/ports.ts";
import { addressesFrom, gatewayEnv, simulatorPorts, simulatorSpecs } from "./lib/product.ts";
import { listenForStop } from "./lib/stop-signal.ts";

const HELP = `
Usage: npm run dev -- [options]

For working on the product: the gateway from its sources (starts again when one changes), the client by vite
(changes show at once), and the simulators.

  --client-port <n>      vite's port (5173)
  --simulator-port <n>   the customer's page (SIM_PORT, 4010); the simulators' ports follow

The gateway listens on 4000: vite's proxy points there.
`;

await runMain(async () => {
  const { values } = readCommandLine(HELP, {
    "client-port": { type: "string" },
    "simulator-port": { type: "string" },
  });
  const client = readPort("--client-port", values["client-port"], 5173);
  const simulator = readPort("--simulator-port", values["simulator-port"] ?? process.env["SIM_PORT"], 4010);
  const addresses = addressesFrom("http://127.0.0.1:4000", simulator);
  requireUnclaimed(dataDir());
  await requireFreePorts([
    { port: 4000, usedFor: "the gateway" },
    { port: client, usedFor: "the client", otherwise: "npm run dev -- --client-port" },
    ...simulatorPorts(addresses, "npm run dev -- --simulator-port"),
  ]);
  const release = claim(dataDir(), addresses.gateway);
  const group = openGroup({
    logDir: join(dataDir(), "logs"),
    onLine: (name, line) => console.log(`${name} | ${line}`),
  });
  const stop = listenForStop(() => group.kill());
  try {
    const demo = readDemo();
    group.start({
      name: "gateway",
      command: process.execPath,
      args: ["--watch", "--watch-preserve-output", "src/main.ts"],
      cwd: join(root, "apps/gateway"),
      env: { ...gatewayEnv(addresses), TONGDAI_ORIGINS: `http://127.0.0.1:${client}` },
    });
    for (const spec of simulatorSpecs(addresses, demo)) group.start(spec);
    group.start({
      name: "client",
      command: process.execPath,
      args: [
        join(root, "node_modules/vite/bin/vite.js"),
        "--port",
        String(client),
        "--strictPort",
        "--host",
        "127.0.0.1",
      ],
      cwd: join(root, "apps/desktop"),
    });
    console.log(
      `Client http://127.0.0.1:${client}, customer ${addresses.customer}, password ${demo.password}:`,
    );
    console.log(logInTable(demo).join("\n"));
    await Promise.race([group.death, stop.asked]);
  } finally {
    await group.stop();
    release();
    stop.dispose();
  }
  return 0;
});
