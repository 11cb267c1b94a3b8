import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { preparedStore } from "../../support/page-writer.ts";
import { SMSC_PASSWORD } from "../../support/smpp.ts";
import { type Vendor, vendors } from "../../support/vendors.ts";
import type { HearingJobs } from "../bare/hearing.ts";
import { type Running, startGateway } from "../gateway/start.ts";
import { pause } from "../lib/schedule.ts";
import { start } from "../lib/wire.ts";
import { drained, targets } from "../targets.ts";
import type { Part } from "./part.ts";

type Name = keyof typeof vendors;

/** What each vendor lets us send: Meta and Zalo by their documents, the two of SMS by an agreement that is made up. */
const AGREED: Readonly<Record<Name, number>> = { facebook: 300, zalo: 60, sms: 500, smpp: 500 };
const CUSTOMERS = 500;
/** Customers who write at once. */
const AT_ONCE = 64;

/** Each channel in and out, through its vendor's simulator. */
export const texts: Part = async ({ report, folder, quick }) => {
  report.note(
    `texts: ${quick ? CUSTOMERS / 10 : CUSTOMERS} customers at each vendor's simulator, which runs in the bench's own process; ${AT_ONCE} write ` +
      "at once and wait for the answer. In, the limit is a bare program that makes the same bytes durable and answers, before " +
      "the same simulator; out, it is what the vendor allows a second.",
  );
  for (const name of Object.keys(vendors) as Name[]) {
    const result = await measure(name, join(folder, name), quick);
    report.add({ what: `${name}: messages in`, value: result.in, unit: "msg/s", limit: result.bare });
    report.add({
      what: `${name}: ${result.out.messages} queued at once, out`,
      value: result.out.rate,
      unit: "msg/s",
      limit: AGREED[name],
      target: drained(AGREED[name]),
    });
    report.add({
      what: `${name}: overtaken, lost or twice`,
      value: result.out.wrong,
      unit: "conversations",
      target: targets.overtaken,
    });
  }
};

async function measure(name: Name, dataDir: string, quick: boolean) {
  const customers = quick ? CUSTOMERS / 10 : CUSTOMERS;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const perSecond = AGREED[name];
  const store = { dataDir, databaseUrl: join(dataDir, "tongdai.db") };
  mkdirSync(dataDir);
  const vendor = await vendors[name]({ url, customers, perSecond });
  try {
    await preparedStore({ ...store, agents: ["lan"] }, (gateway, queueId) =>
      vendor.connect(gateway, queueId),
    );
    const bare = await hearBare(name, vendor, { port, customers, path: join(dataDir, "bare.db") });
    const env = { TONGDAI_FETCH_ALLOW: vendor.hosts.join(","), TONGDAI_PUBLIC_URL: url };
    const gateway = await startGateway(store, { port, env });
    try {
      const heard = await writeAll(vendor, customers);
      const times = Math.max(1, Math.round(((quick ? 2 : 20) * perSecond) / customers));
      return { bare, in: heard, out: await drain(gateway, vendor, { customers, times }) };
    } finally {
      await gateway.stop();
    }
  } finally {
    await vendor.close();
  }
}

async function hearBare(
  name: Name,
  vendor: Vendor,
  o: { port: number; customers: number; path: string },
): Promise<number> {
  const child = start<HearingJobs>(join(import.meta.dirname, "../bare/hearing.ts"));
  try {
    const { path, port } = o;
    if (name !== "smpp") await child.do("http", { path, port });
    else
      await child.do("smpp", {
        path,
        port: Number(vendor.hosts[0]?.split(":")[1]),
        password: SMSC_PASSWORD,
      });
    return await writeAll(vendor, o.customers);
  } finally {
    await child.stop();
  }
}

const ROUNDS = 4;

/** Every customer writes some times. @returns how many messages a second were acknowledged */
async function writeAll(vendor: Vendor, customers: number): Promise<number> {
  // The first message of each makes a conversation, which is not what is measured.
  await round(vendor, { customers, rounds: 1 });
  const from = performance.now();
  await round(vendor, { customers, rounds: ROUNDS });
  return (customers * ROUNDS) / ((performance.now() - from) / 1_000);
}

async function round(vendor: Vendor, o: { customers: number; rounds: number }): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let i = next++; i < o.customers * o.rounds; i = next++)
      await vendor.write(i % o.customers, `Cho em hỏi đơn hàng số ${i} tới đâu rồi ạ`);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writer));
  await vendor.settle();
}

async function drain(gateway: Running, vendor: Vendor, o: { customers: number; times: number }) {
  const from = performance.now();
  const conversations = await gateway.child.do("answerAll", o.times);
  while ((await gateway.child.do("owed")) > 0) await pause(50);
  const seconds = (performance.now() - from) / 1_000;
  const messages = conversations * o.times;
  const due = Array.from({ length: o.times }, (_, i) => String(i + 1)).join();
  const wrong = Array.from({ length: o.customers }, (_, i) => vendor.received(i).join()).filter(
    (got) => got !== due,
  ).length;
  return { messages, rate: messages / seconds, wrong };
}
