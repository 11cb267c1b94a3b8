import { join } from "node:path";
import { openStore } from "../../../apps/gateway/src/store/index.ts";
import { type Centre, insertAll, seedCentre } from "../gateway/seed.ts";
import { type Running, startGateway } from "../gateway/start.ts";
import { start } from "../lib/wire.ts";
import type { LoadJobs } from "../load/child.ts";
import { targets } from "../targets.ts";
import type { Part } from "./part.ts";

/** Many agents at once: what each costs, and how long it takes until all are back after a restart. */
export const connections: Part = async ({ report, folder, quick }) => {
  const counts = quick ? [100] : [1_000, 5_000];
  let slow = 0;
  for (const agents of counts) {
    if (slow > BEARABLE_SECONDS) {
      report.note(
        `${agents} agents left out: fewer took ${slow.toFixed(0)} s, and each is told of all the others`,
      );
      report.add({
        what: `${agents} agents: all back and in step`,
        value: NaN,
        unit: "s",
        target: targets.reconnect,
      });
      continue;
    }
    const centre = await seedCentre(join(folder, `agents-${agents}`), {
      agents,
      queues: Math.ceil(agents / 10),
      conversations: quick ? 1_000 : 20 * agents,
      work: "active",
    });
    slow = await crowd(report, centre, agents);
  }
  await replay(report, join(folder, "replay"), quick ? 1_000 : 10_000);
};

const AT_ONCE = 32;
/** Beyond this the next size would take many minutes. */
const BEARABLE_SECONDS = 8;

/** Returns how long it took until all were back, in seconds. */
async function crowd(report: Parameters<Part>[0]["report"], centre: Centre, agents: number): Promise<number> {
  const load = start<LoadJobs>(join(import.meta.dirname, "../load/child.ts"));
  let gateway = await startGateway(centre);
  try {
    const alone = await gateway.child.do("memory");
    const first = await connect(load, gateway, centre, 0);
    const crowded = await gateway.child.do("memory");
    const each = (crowded.rss - alone.rss) / agents / 1024;
    const memory = agents >= 5_000 ? { target: targets.agentMemory } : {};
    report.add({ what: `${agents} agents: memory for each`, value: each, unit: "KB", ...memory });
    const whole = agents >= 5_000 ? { target: targets.processMemory } : {};
    report.add({
      what: `${agents} agents: the whole process`,
      value: crowded.rss / 1024 ** 2,
      unit: "MB",
      ...whole,
    });
    const note = `${first.events} events told meanwhile`;
    report.add({ what: `${agents} agents: first log-in of all`, value: first.seconds, unit: "s", note });

    const head = await headOf(centre);
    gateway = await killed(gateway, centre);
    const back = await connect(load, gateway, centre, head);
    report.add({
      what: `${agents} agents: all back and in step after kill -9`,
      value: back.seconds,
      unit: "s",
      ...(agents >= 5_000 ? { target: targets.reconnect } : {}),
      note: `${back.events} events told meanwhile`,
    });
    const slowest = agents >= 5_000 ? { target: targets.slowestReconnect } : {};
    report.add({
      what: `${agents} agents: the last one back after`,
      value: back.ready.max / 1_000,
      unit: "s",
      ...slowest,
    });
    gateway = await killed(gateway, centre);
    await anew({ report, load, gateway, centre });
    return back.seconds;
  } finally {
    await load.stop();
    await gateway.child.stop();
  }
}

async function killed(gateway: Running, centre: Centre): Promise<Running> {
  gateway.child.process.kill("SIGKILL");
  await gateway.child.stop();
  return startGateway(centre, { port: Number(new URL(gateway.url).port) });
}

/** All come at once and know nothing: after a restore, after a long time away, or in the morning. */
async function anew(o: {
  report: Parameters<Part>[0]["report"];
  load: ReturnType<typeof start<LoadJobs>>;
  gateway: Running;
  centre: Centre;
}): Promise<void> {
  const agents = o.centre.tokens.length;
  await o.gateway.child.do("watch");
  const all = await connect(o.load, o.gateway, o.centre, null);
  const { delay } = await o.gateway.child.do("usage");
  const target = <T extends keyof typeof targets>(key: T) =>
    agents >= 5_000 ? { target: targets[key] } : {};
  o.report.add({
    what: `${agents} agents: all in step with a snapshot`,
    value: all.seconds,
    unit: "s",
    ...target("reconnect"),
    note: `${(all.answerBytes / 1024).toFixed(0)} KB each, ${all.events} events told meanwhile, event loop late by ${delay.max.toFixed(0)} ms at most`,
  });
  o.report.add({
    what: `${agents} agents: the last one with a snapshot after`,
    value: all.ready.max / 1_000,
    unit: "s",
    ...target("slowestReconnect"),
  });
}

const connect = (
  load: ReturnType<typeof start<LoadJobs>>,
  gateway: Running,
  centre: Centre,
  lastSeq: number | null,
) => load.do("connect", { url: gateway.url, tokens: centre.tokens, lastSeq, atOnce: AT_ONCE });

async function headOf(centre: Centre): Promise<number> {
  const store = await openStore(centre.databaseUrl, { onFatal: () => {} });
  const head = await store.head();
  await store.close();
  return head;
}

/** One client that was away for many rows of the journal. */
async function replay(report: Parameters<Part>[0]["report"], dir: string, rows: number): Promise<void> {
  const centre = await seedCentre(dir, { agents: 1, queues: 1, conversations: 1, work: "active" });
  const store = await openStore(centre.databaseUrl, { onFatal: () => {} });
  const data = JSON.stringify({ conversationId: centre.conversationIds[0], filler: "x".repeat(1_000) });
  const row = { at: Date.now(), name: "conversation.updated", actor_id: null, scopes: '["all","org"]', data };
  const refs = { customer_id: null, conversation_id: null, interaction_id: null, ticket_id: null };
  await insertAll(
    store,
    "journal",
    Array.from({ length: rows - 10 }, () => ({ ...row, ...refs })),
  );
  await store.close();
  const gateway = await startGateway(centre);
  const load = start<LoadJobs>(join(import.meta.dirname, "../load/child.ts"));
  try {
    const { ready, events } = await connect(load, gateway, centre, 0);
    report.add({
      what: `${rows} journal rows replayed to one client`,
      value: ready.max,
      unit: "ms",
      note: `${events} events`,
    });
  } finally {
    await load.stop();
    await gateway.stop();
  }
}
