import type { Gateway } from "@tongdai/gateway";
import { startFacebookSimulator } from "../simulators/facebook/index.ts";
import { startSmsc } from "../simulators/smpp/index.ts";
import { startSmsSimulator } from "../simulators/sms/index.ts";
import { startZaloSimulator } from "../simulators/zalo/index.ts";
import { connectSmpp, SMSC_PASSWORD } from "./smpp.ts";
import { connectSender } from "./sms.ts";
import { until } from "./until.ts";
import { APP, connectPage, PAGE } from "./world.ts";
import { connectOa, FIRST_TOKEN, OA, received, ZALO_APP } from "./zalo.ts";

/** A vendor and its customers, known by number, seen alike for all channels. */
export interface Vendor {
  /** Hosts that the gateway must be allowed to reach. */
  readonly hosts: readonly string[];
  /** Connects its account. */
  connect(gateway: Gateway, queueId: string): Promise<unknown>;
  /** A customer writes; it may be on its way when this resolves. */
  write(customer: number, text: string): Promise<unknown>;
  /** Until it has nothing left to tell us. */
  settle(): Promise<void>;
  /** The next message reaches the customer, and nobody is told of it. */
  hold(): void;
  /** What a customer has from us, in order of arrival. */
  received(customer: number): readonly string[];
  close(): Promise<void>;
}

export interface VendorOptions {
  /** Where the gateway is to be reached. */
  readonly url: string;
  readonly customers?: number;
  /** Where that is agreed account by account. */
  readonly perSecond?: number;
}

const LATE_MS = 600_000;
const each = <T>({ customers = 1 }: VendorOptions, make: (i: number) => T): readonly T[] =>
  Array.from({ length: customers }, (_, i) => make(i));
const numberOf = (customer: number): string => `+849${10_000_000 + customer}`;

async function facebook(o: VendorOptions): Promise<Vendor> {
  const webhookUrl = `${o.url}/webhooks/facebook/${APP.appId}`;
  const sim = await startFacebookSimulator({ apps: [{ ...APP, webhookUrl, pages: [PAGE] }] });
  sim.faults.set("webhook.parallel", true);
  const customers = each(o, (i) => sim.customer({ pageId: PAGE.pageId, name: `Khách ${i}` }));
  return {
    hosts: [new URL(sim.url).host],
    connect: (gateway, queueId) => connectPage(gateway, { page: PAGE, queueId, graphUrl: sim.graphUrl }),
    write: async (i, text) => customers[i]?.text(text),
    settle: () => sim.settle(),
    hold() {
      sim.faults.set("send.delay", LATE_MS, { times: 1 });
      for (const fault of ["echo.drop", "delivery.drop"] as const) sim.faults.set(fault, true, { times: 1 });
    },
    received: (i) =>
      customers[i]?.transcript().messages.flatMap((m) => (m.from === "page" ? [m.text ?? ""] : [])) ?? [],
    close: () => sim.close(),
  };
}

async function zalo(o: VendorOptions): Promise<Vendor> {
  const oa = { ...OA, refreshToken: FIRST_TOKEN };
  const webhookUrl = `${o.url}/webhooks/zalo/${ZALO_APP.appId}`;
  const sim = await startZaloSimulator({ apps: [{ ...ZALO_APP, webhookUrl, oas: [oa] }] });
  const customers = each(o, (i) => sim.customer({ oaId: oa.oaId, name: `Khách ${i}` }));
  return {
    hosts: [new URL(sim.url).host],
    connect: (gateway, queueId) => connectOa(gateway, { oa, queueId, url: sim.url }),
    write: async (i, text) => customers[i]?.text(text),
    settle: () => sim.settle(),
    hold() {
      sim.faults.set("send.delay", LATE_MS, { times: 1 });
      for (const fault of ["echo.drop", "received.drop"] as const) sim.faults.set(fault, true, { times: 1 });
    },
    received: (i) => {
      const customer = customers[i];
      return customer ? received(customer).map((m) => m.text ?? "") : [];
    },
    close: () => sim.close(),
  };
}

async function sms(o: VendorOptions): Promise<Vendor> {
  const sim = await startSmsSimulator();
  let to = "";
  return {
    hosts: [new URL(sim.url).host],
    async connect(gateway, queueId) {
      to = await connectSender(gateway, { ...o, sim, provider: "twilio", queueId });
    },
    async write(i, text) {
      const status = await sim.write({ from: numberOf(i), to, text });
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
    },
    settle: () => sim.settle(),
    hold() {
      sim.faults.set("send.delay", LATE_MS, { times: 1 });
      sim.faults.set("report.drop", true, { times: 1 });
    },
    received: (i) => sim.texts(numberOf(i)).flatMap((t) => (t.direction === "to" ? [t.text] : [])),
    close: () => sim.close(),
  };
}

async function smpp(o: VendorOptions): Promise<Vendor> {
  const smsc = await startSmsc(SMSC_PASSWORD);
  return {
    hosts: [`127.0.0.1:${smsc.port}`],
    connect: (gateway, queueId) => connectSmpp(gateway, { ...o, smsc, queueId }),
    async write(i, text) {
      if (smsc.receivers() === 0) await until(() => smsc.receivers() === 1, "the receiver");
      const [status] = await smsc.write({ from: numberOf(i).slice(1), parts: [text] });
      if (status !== 0) throw new Error(`the answer's status was ${status}`);
    },
    settle: () => smsc.settle(),
    hold: () => smsc.faults.submits.push("late"),
    received: (i) => smsc.texts.flatMap((t) => (t.to === numberOf(i).slice(1) ? [t.text] : [])),
    close: () => smsc.close(),
  };
}

export const vendors = { facebook, zalo, sms, smpp };
