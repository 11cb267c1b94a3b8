import { join } from "node:path";
import type { ChildSpec } from "./children.ts";
import { type Demo, simulatorConfig } from "./demo.ts";
import { dataDir, gatewayEntry, rendererDir, root } from "./paths.ts";

export interface Addresses {
  readonly gateway: string;
  readonly simulator: string;
}

/** Everything that the gateway reads from its environment in a demo. */
export function gatewayEnv(addresses: Addresses): Record<string, string> {
  return {
    TONGDAI_HOST: "127.0.0.1",
    TONGDAI_PORT: new URL(addresses.gateway).port,
    TONGDAI_DATA_DIR: dataDir(),
    TONGDAI_WEB_ROOT: rendererDir,
    TONGDAI_DEMO: process.env["TONGDAI_DEMO"] ?? "1",
    TONGDAI_SIMULATOR_URL: addresses.simulator,
    // Attachments come from the simulator, at an address that is otherwise refused as private.
    TONGDAI_FETCH_ALLOW: [new URL(addresses.simulator).host, process.env["TONGDAI_FETCH_ALLOW"]]
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

export function simulatorSpec(addresses: Addresses, demo: Demo): ChildSpec {
  return {
    name: "simulator",
    command: process.execPath,
    args: [join(root, "tests/simulators/facebook/main.ts")],
    env: {
      SIM_PORT: new URL(addresses.simulator).port,
      SIM_CONFIG: simulatorConfig(demo, addresses.gateway, Date.now()),
      // Beside the store: what the gateway remembers of a customer, the simulator does too, and both are reset together.
      SIM_STATE: join(dataDir(), "simulator.json"),
    },
  };
}
