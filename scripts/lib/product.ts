import { join } from "node:path";
import type { ChildSpec } from "./children.ts";
import {
  type Demo,
  playedPeople,
  type SimulatedChannel,
  simulatedChannels,
  simulatorConfigs,
} from "./demo.ts";
import { dataDir, gatewayEntry, rendererDir, root } from "./paths.ts";

export interface Addresses {
  readonly gateway: string;
  /** On which somebody plays customers, on every channel. */
  readonly customer: string;
  /** By the channel that it plays. */
  readonly simulators: Readonly<Record<SimulatedChannel, string>>;
}

/** Everything that the gateway reads from its environment in a demo. */
export function gatewayEnv(addresses: Addresses): Record<string, string> {
  return {
    TONGDAI_HOST: "127.0.0.1",
    TONGDAI_PORT: new URL(addresses.gateway).port,
    TONGDAI_DATA_DIR: dataDir(),
    TONGDAI_WEB_ROOT: rendererDir,
    TONGDAI_DEMO: process.env["TONGDAI_DEMO"] ?? "1",
    TONGDAI_SIMULATORS: Object.entries(addresses.simulators)
      .map(([channel, url]) => `${channel}=${url}`)
      .join(","),
    // The vendors that are played are on this machine.
    TONGDAI_PUBLIC_URL: process.env["TONGDAI_PUBLIC_URL"] ?? addresses.gateway,
    // Attachments come from the simulators, at addresses that are otherwise refused as private.
    TONGDAI_FETCH_ALLOW: [
      ...Object.values(addresses.simulators).map((url) => new URL(url).host),
      process.env["TONGDAI_FETCH_ALLOW"],
    ]
      .filter(Boolean)
      .join(","),
  };
}

export function gatewaySpec(addresses: Addresses): ChildSpec {
  return {
    name: "gateway",
    command: process.execPath,
    args: ["--enable-source-maps", gatewayEntry],
    env: gatewayEnv(addresses),
  };
}

/** The programs that play the vendors, and the page that shows what they show to customers. */
export function simulatorSpecs(addresses: Addresses, demo: Demo): ChildSpec[] {
  const configs = simulatorConfigs(demo, addresses.gateway, Date.now());
  const page: ChildSpec = {
    name: "customer",
    command: process.execPath,
    args: [join(root, "tests/simulators/customer/main.ts")],
    env: {
      SIM_PORT: new URL(addresses.customer).port,
      SIM_CONFIG: JSON.stringify({ channels: addresses.simulators, people: playedPeople(demo) }),
    },
  };
  const vendors = simulatedChannels.map((channel) => ({
    name: `simulator-${channel}`,
    command: process.execPath,
    args: [join(root, `tests/simulators/${channel}/main.ts`)],
    env: {
      SIM_PORT: new URL(addresses.simulators[channel]).port,
      SIM_CONFIG: configs[channel],
      // Beside the store: what the gateway remembers of a customer, the simulator does too, and both are reset together.
      SIM_STATE: join(dataDir(), `simulator-${channel}.json`),
    },
  }));
  return [page, ...vendors];
}

/** The addresses on this machine: the customer's page, then one port after the other. */
export const addressesFrom = (gateway: string, port: number): Addresses => ({
  gateway,
  customer: `http://127.0.0.1:${port}`,
  simulators: Object.fromEntries(
    simulatedChannels.map((channel, index) => [channel, `http://127.0.0.1:${port + 1 + index}`]),
  ) as Addresses["simulators"],
});

/** The ports that must be free for them. */
export const simulatorPorts = ({ customer, simulators }: Addresses, otherwise: string) =>
  Object.entries({ customer, ...simulators }).map(([name, url]) => ({
    port: Number(new URL(url).port),
    usedFor: name === "customer" ? "the customer's page" : `the ${name} simulator`,
    otherwise,
  }));
