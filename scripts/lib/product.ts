import { join } from "node:path";
import type { ChildSpec } from "./children.ts";
import {
  type Addresses,
  type Demo,
  mailPorts,
  playedPeople,
  type SimulatedChannel,
  simulatedChannels,
  simulatorConfigs,
} from "./demo.ts";
import { dataDir, gatewayEntry, rendererDir, root } from "./paths.ts";

/** Everything that the gateway reads from its environment in a demo. */
export function gatewayEnv(addresses: Addresses): Record<string, string> {
  return {
    TONGDAI_HOST: "127.0.0.1",
    TONGDAI_PORT: new URL(addresses.gateway).port,
    TONGDAI_DATA_DIR: dataDir(),
    TONGDAI_WEB_ROOT: rendererDir,
    TONGDAI_DEMO: process.env["TONGDAI_DEMO"] ?? "1",
    TONGDAI_TELEPHONY: process.env["TONGDAI_TELEPHONY"] ?? "embedded",
    // Who is played on the customer's page calls from it.
    TONGDAI_SIMULATORS: Object.entries({ ...addresses.simulators, voice: addresses.customer })
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

const folderOf: Readonly<Record<SimulatedChannel, string>> = {
  facebook: "facebook",
  zalo: "zalo",
  sms: "sms",
  email: "mail",
};

function playedCalls({ gateway }: Addresses, demo: Demo): object | null {
  const [account] = demo.voice.accounts;
  return account ? { gateway, number: account.number, siteSecret: account.siteSecret } : null;
}

/** The programs that play the vendors, and the page that shows what they show to customers. */
export function simulatorSpecs(addresses: Addresses, demo: Demo): ChildSpec[] {
  const configs = simulatorConfigs(demo, addresses, Date.now());
  const page: ChildSpec = {
    name: "customer",
    command: process.execPath,
    args: [join(root, "tests/simulators/customer/main.ts")],
    env: {
      SIM_PORT: new URL(addresses.customer).port,
      SIM_CONFIG: JSON.stringify({
        channels: addresses.simulators,
        people: playedPeople(demo),
        calls: playedCalls(addresses, demo),
      }),
    },
  };
  const vendors = simulatedChannels.map((channel) => ({
    name: `simulator-${channel}`,
    command: process.execPath,
    args: [join(root, `tests/simulators/${folderOf[channel]}/main.ts`)],
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
export function addressesFrom(gateway: string, port: number): Addresses {
  const at = (n: number) => `http://127.0.0.1:${port + n}`;
  return {
    gateway,
    customer: at(0),
    simulators: {
      facebook: at(1),
      zalo: at(2),
      sms: at(3),
      email: `${at(4)}/?imap=${port + 5}&smtp=${port + 6}`,
    },
  };
}

/** The ports that must be free for them. */
export function simulatorPorts({ customer, simulators }: Addresses, otherwise: string) {
  const { imapPort, smtpPort } = mailPorts(simulators.email);
  return [
    { port: portOf(customer), usedFor: "the customer's page" },
    ...Object.entries(simulators).map(([name, url]) => ({
      port: portOf(url),
      usedFor: `the ${name} simulator`,
    })),
    { port: imapPort, usedFor: "the demo's mailboxes" },
    { port: smtpPort, usedFor: "the demo's mailboxes" },
  ].map((each) => ({ ...each, otherwise }));
}

const portOf = (url: string): number => Number(new URL(url).port);
