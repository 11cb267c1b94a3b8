import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createGateway, readConfig } from "@tongdai/gateway";
import Database from "better-sqlite3";
import { ImapFlow } from "imapflow";
import { saveAccount } from "../../../apps/gateway/src/features/channel-accounts/index.ts";
import { type MailServer, startMailServer } from "../../support/mail-server.ts";
import { letter, mailboxConfig } from "../../support/mailbox.ts";
import { makeQueue } from "../../support/world.ts";
import { startGateway } from "../gateway/start.ts";
import type { Part } from "./part.ts";

const USER = "support";
const CUSTOMERS = 20_000;
const MONTH_MS = 30 * 24 * 60 * 60_000;
const LOOK_MS = 100;
const MB = 1024 * 1024;

/** A full mailbox in a real Dovecot: brought for the first time, and gone on with. */
export const mail: Part = async ({ report, folder, quick }) => {
  if (process.getuid?.() !== 0) return report.note("mail: its servers are started by root only");
  const letters = quick ? 2_000 : 100_000;
  const server = await startMailServer();
  try {
    await server.fill(USER, some(letters), Date.now() - MONTH_MS);
    const bare = await bareFetch(server, letters);
    const centre = await seedMailbox(join(folder, "mail"), server);
    const first = await firstSync(centre, letters);
    report.note(`mail: ${letters} letters of 1 to 60 KB from ${CUSTOMERS} customers, as history`);
    report.add({
      what: "first sync of a mailbox",
      value: letters / first.seconds,
      unit: "letters/s",
      limit: letters / bare.seconds,
      note: "limit: fetched by imapflow and let go",
    });
    report.add({ what: "memory before it", value: first.before, unit: "MB" });
    report.add({ what: "memory at a tenth of it", value: first.tenth, unit: "MB" });
    report.add({ what: "most memory after that", value: first.peak, unit: "MB", limit: first.tenth });
    report.add({
      what: "objects kept at its end",
      value: first.kept,
      unit: "MB",
      limit: first.keptAtTenth,
      note: "limit: at a tenth of it",
    });
    report.add({ what: "killed at half of it: until it went on", value: first.resumed, unit: "ms" });
    report.add({ what: "letters lost or twice after that", value: first.wrong, unit: "letters" });
    report.add({
      what: "from start to the first new letter in its conversation",
      value: await resume(centre, server),
      unit: "ms",
      limit: await bareResume(server, letters),
      note: "limit: log-in, search and fetch by imapflow",
    });
  } finally {
    await server.close();
  }
};

function* some(count: number): Generator<string> {
  for (let i = 0; i < count; i++)
    yield letter({
      id: `bench-${i}@example.vn`,
      from: `Khach ${i % CUSTOMERS} <khach-${i % CUSTOMERS}@example.vn>`,
      subject: `Don hang ${i}`,
      text: "Đơn hàng của tôi đến đâu rồi? ".repeat(i % 100 === 0 ? 1_500 : 20 + (i % 60)),
    });
}

const clientOf = (server: MailServer): ImapFlow =>
  new ImapFlow({
    host: "127.0.0.1",
    port: server.imapPort,
    secure: false,
    auth: { user: `${USER}@${server.domain}`, pass: server.password },
    logger: false,
  });

/** The server's own look at a folder that is new to it does not count. */
async function bareFetch(server: MailServer, letters: number): Promise<{ seconds: number }> {
  const client = clientOf(server);
  await client.connect();
  const lock = await client.getMailboxLock("INBOX", { readOnly: true });
  const from = performance.now();
  let found = 0;
  for await (const mail of client.fetch("1:*", { uid: true, source: true })) if (mail.source) found++;
  const seconds = (performance.now() - from) / 1000;
  lock.release();
  await client.logout();
  if (found !== letters) throw new Error(`${found} letters of ${letters} were there`);
  return { seconds };
}

async function bareResume(server: MailServer, letters: number): Promise<number> {
  const from = performance.now();
  const client = clientOf(server);
  await client.connect();
  const lock = await client.getMailboxLock("INBOX", { readOnly: true });
  await client.search({ uid: `${letters + 1}:*` }, { uid: true });
  await client.fetchOne(String(letters + 1), { uid: true, source: true }, { uid: true });
  const ms = performance.now() - from;
  lock.release();
  await client.logout();
  return ms;
}

interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string;
}

/** It is switched on behind the gateway's back, so that the one that is measured finds it first. */
async function seedMailbox(dataDir: string, server: MailServer): Promise<Place> {
  mkdirSync(dataDir);
  const place = { dataDir, databaseUrl: join(dataDir, "tongdai.db") };
  const gateway = await createGateway({ ...readConfig({}), ...place, port: 0, logLevel: "silent" });
  const { id } = await saveAccount(gateway.ctx, null, {
    id: null,
    channel: "email",
    name: USER,
    queueId: await makeQueue(gateway, "Thư"),
    enabled: false,
    config: mailboxConfig(server, USER, { historyDays: "365" }),
  });
  await gateway.ctx.store.write((tx) =>
    tx.db.updateTable("channel_account").set({ enabled: 1 }).where("id", "=", id).execute(),
  );
  await gateway.close();
  return place;
}

async function firstSync(place: Place, letters: number) {
  let gateway = await startGateway(place);
  const from = performance.now();
  const { rss } = await gateway.child.do("memory");
  const store = reader(place);
  const stored = "select count(*) >= ? as done from message";
  let [tenth, peak] = [0, 0];
  const watch = (): void => {
    peak = Math.max(peak, rssOf(gateway.child.process.pid));
  };
  try {
    await store.until(stored, letters / 10);
    tenth = rssOf(gateway.child.process.pid);
    const keptAtTenth = (await gateway.child.do("memory")).heapUsed / MB;
    await store.until(stored, letters / 2, watch);
    gateway.child.process.kill("SIGKILL");
    await once(gateway.child.process, "exit");
    const before = store.count();
    const killed = performance.now();
    gateway = await startGateway(place);
    await store.until(stored, before + 1);
    const resumed = performance.now() - killed;
    await store.until(stored, letters, watch);
    const seconds = (performance.now() - from - resumed) / 1000;
    const kept = (await gateway.child.do("memory")).heapUsed / MB;
    const wrong = Math.abs(store.count() - letters);
    return {
      seconds,
      before: rss / MB,
      tenth: tenth / MB,
      peak: peak / MB,
      keptAtTenth,
      kept,
      resumed,
      wrong,
    };
  } finally {
    store.close();
    await gateway.stop();
  }
}

async function resume(place: Place, server: MailServer): Promise<number> {
  const id = "bench-new@example.vn";
  await server.drop(USER, letter({ id, from: "Moi <moi@example.vn>" }));
  const from = performance.now();
  const gateway = await startGateway(place);
  const store = reader(place);
  try {
    await store.until("select count(*) as done from message where external_id = ?", id);
    return performance.now() - from;
  } finally {
    store.close();
    await gateway.stop();
  }
}

/** Looks into the gateway's store from outside, now and then. */
function reader({ databaseUrl }: Place) {
  const db = new Database(databaseUrl, { readonly: true });
  return {
    async until(query: string, value: number | string, meanwhile = () => {}): Promise<void> {
      const statement = db.prepare<[number | string], { done: number }>(query);
      while (!statement.get(value)?.done) {
        meanwhile();
        await new Promise((resume) => setTimeout(resume, LOOK_MS));
      }
    },
    /** Letters with an id of their own, less those that are there twice. */
    count: () => {
      const row = db.prepare("select count(*) as n, count(distinct external_id) as ids from message").get();
      const { n, ids } = row as { n: number; ids: number };
      return ids - (n - ids);
    },
    close: () => void db.close(),
  };
}

const rssOf = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
