import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCustomerPage } from "../../simulators/customer/index.ts";
import { parseOptions } from "../../simulators/customer/people.ts";
import { type FacebookSimulator, startFacebookSimulator } from "../../simulators/facebook/index.ts";
import { type MailboxOptions, type MailSimulator, startMailSimulator } from "../../simulators/mail/index.ts";
import { type ProviderName, type SmsSimulator, startSmsSimulator } from "../../simulators/sms/index.ts";
import { startZaloSimulator, type ZaloSimulator } from "../../simulators/zalo/index.ts";
import { freePort } from "../../support/free-port.ts";

const root = join(import.meta.dirname, "../../..");

interface DemoFile {
  readonly facebook: {
    readonly apps: readonly {
      readonly appId: string;
      readonly appSecret: string;
      readonly verifyToken: string;
      readonly pages: readonly { readonly pageId: string; readonly name: string; readonly token: string }[];
    }[];
  };
  readonly zalo: {
    readonly apps: readonly {
      readonly appId: string;
      readonly appSecret: string;
      readonly oas: readonly {
        readonly oaId: string;
        readonly name: string;
        readonly oaSecret: string;
        readonly refreshToken: string;
        readonly people: readonly {
          readonly userId: string;
          readonly name: string;
          readonly phone: string;
        }[];
      }[];
    }[];
  };
  readonly sms: {
    readonly accounts: readonly {
      readonly provider: ProviderName;
      readonly sender: string;
      readonly keys: Readonly<Record<string, string>>;
      readonly webhookKey: string;
    }[];
  };
  readonly email: { readonly accounts: readonly MailboxOptions[] };
  readonly voice: { readonly accounts: readonly { readonly number: string; readonly siteSecret: string }[] };
  readonly newcomers: readonly { readonly name: string; readonly phone: string; readonly email: string }[];
  readonly password: string;
}

/** The product as `npm start` runs it: the built gateway with the demo's data, the built client, and the simulators. */
export interface Product {
  readonly url: string;
  readonly password: string;
  readonly facebook: FacebookSimulator;
  /** The page on which one plays customers on every channel. */
  readonly customerUrl: string;
  readonly zalo: ZaloSimulator;
  readonly sms: SmsSimulator;
  readonly email: MailSimulator;
  /** The first page's id. */
  readonly pageId: string;
  /** The first Official Account's id. */
  readonly oaId: string;
  /** The first number that takes texts. */
  readonly number: string;
  /** Kills the gateway as a power cut would, or starts it again on the same data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** @param o.calls whether it has telephony, as `npm start` gives it */
export async function startProduct(o: { readonly calls?: boolean } = {}): Promise<Product> {
  // Fail at once with a path, not after a minute with a blank page.
  const entry = join(root, "apps/gateway/dist/main.js");
  const webRoot = join(root, "apps/desktop/dist/renderer");
  for (const file of [entry, join(webRoot, "index.html")]) await access(file);

  const demo = JSON.parse(await readFile(join(root, "apps/gateway/demo.json"), "utf8")) as DemoFile;
  const dataDir = mkdtempSync(join(tmpdir(), "tongdai-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const simulators = await startSimulators(demo, url);
  const { facebook, zalo, sms, email } = simulators;
  const addresses = {
    facebook: facebook.url,
    zalo: zalo.url,
    sms: sms.url,
    email: `${email.url}/?imap=${email.imapPort}&smtp=${email.smtpPort}`,
  };
  const [line] = demo.voice.accounts;
  const customer = await startCustomerPage(
    parseOptions({
      channels: addresses,
      people: [...demo.newcomers, ...knownByZalo(demo)],
      ...(o.calls && line && { calls: { gateway: url, ...line } }),
    }),
  );
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    child = await startGateway(entry, {
      TONGDAI_PORT: String(port),
      TONGDAI_DATA_DIR: dataDir,
      TONGDAI_WEB_ROOT: webRoot,
      TONGDAI_DEMO: "1",
      TONGDAI_PUBLIC_URL: url,
      ...(o.calls && { TONGDAI_TELEPHONY: "embedded" }),
      TONGDAI_SIMULATORS: Object.entries({ ...addresses, ...(o.calls && { voice: customer.url }) })
        .map((pair) => pair.join("="))
        .join(","),
      TONGDAI_FETCH_ALLOW: Object.values(addresses)
        .map((at) => new URL(at).host)
        .join(","),
      TONGDAI_LOG_LEVEL: "error",
    });
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await gone;
  }

  await start();
  return {
    url,
    password: demo.password,
    ...simulators,
    customerUrl: customer.url,
    pageId: demo.facebook.apps[0]?.pages[0]?.pageId ?? "",
    oaId: demo.zalo.apps[0]?.oas[0]?.oaId ?? "",
    number: demo.sms.accounts[0]?.sender ?? "",
    kill: () => stop("SIGKILL"),
    start,
    async close() {
      await stop("SIGTERM");
      await Promise.all([customer, ...Object.values(simulators)].map((each) => each.close()));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const knownByZalo = ({ zalo }: DemoFile) =>
  zalo.apps
    .flatMap(({ oas }) => oas.flatMap(({ people }) => people))
    .map(({ name, phone }) => ({ name, phone: `+${phone}` }));

async function startSimulators(demo: DemoFile, url: string) {
  // The vendors' half-minute of patience with a gateway that is away becomes two seconds.
  const timeFactor = 15;
  const [facebook, zalo, sms, email] = await Promise.all([
    startFacebookSimulator({
      apps: demo.facebook.apps.map((a) => ({ ...a, webhookUrl: `${url}/webhooks/facebook/${a.appId}` })),
      timeFactor,
    }),
    startZaloSimulator({
      apps: demo.zalo.apps.map((a) => ({ ...a, webhookUrl: `${url}/webhooks/zalo/${a.appId}` })),
      timeFactor,
    }),
    startSmsSimulator({
      accounts: demo.sms.accounts.map(({ webhookKey, ...a }) => ({
        ...a,
        webhookUrl: `${url}/webhooks/sms/${webhookKey}`,
      })),
    }),
    startMailSimulator({ mailboxes: demo.email.accounts }),
  ]);
  return { facebook, zalo, sms, email };
}

function startGateway(entry: string, env: Record<string, string>): Promise<ChildProcess> {
  // Node 24, as the tests themselves run on: never a bare "node".
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  return new Promise((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      output += String(chunk);
    });
    child.stdout.on("data", (chunk: Buffer) => {
      output += String(chunk);
      if (/tongdai listening /.test(output)) resolve(child);
    });
    child.once("exit", (code, signal) =>
      reject(new Error(`the gateway ended with ${code ?? signal}:\n${output}`)),
    );
  });
}
