import { join } from "node:path";
import { type CentreSize, seedCentre } from "../gateway/seed.ts";
import type { Running } from "../gateway/start.ts";
import { type Target, targets } from "../targets.ts";
import { alone, highestHeld, withGateway } from "./fire.ts";
import type { Part } from "./part.ts";
import { peer } from "./postgres-peer.ts";
import type { Range } from "./range.ts";

/** Every message from the vendor's signed request to the agent's socket, against the least that such a road costs. */
export const inbound: Part = async ({ report, folder, quick }) => {
  const size: CentreSize = quick
    ? { agents: 50, queues: 50, conversations: 2_000, work: "active" }
    : { agents: 500, queues: 500, conversations: 20_000, work: "active" };
  const seconds = quick ? 2 : 10;
  report.note(
    `inbound: ${size.agents} agents connected, one a queue; ${size.conversations} conversations, each in an agent's hands; ` +
      `128 webhook connections; one message in 50 sent twice; every time from when the message was due. ` +
      `Its limit: a bare server that checks the signature, makes one row durable in the same way and tells one socket.`,
  );
  const centre = await seedCentre(join(folder, "centre"), size);
  const bare = await alone(centre, (range) => measure(range, seconds, quick));
  const full = await withGateway(centre, async (range, gateway) => ({
    ...(await measure(range, seconds, quick, gateway)),
    burst: await burst(range, gateway, quick),
  }));

  for (const rate of RATES) {
    const here = full.rates.get(rate);
    const least = bare.rates.get(rate);
    if (!here || !least) continue;
    const note = here.note;
    const [p50, p99] = [targetOf(rate, "p50"), targetOf(rate, "p99")];
    report.add({
      what: `webhook to agent at ${rate}/s, p50`,
      value: here.p50,
      unit: "ms",
      limit: least.p50,
      note,
      ...(p50 && { target: p50 }),
    });
    report.add({
      what: `webhook to agent at ${rate}/s, p99`,
      value: here.p99,
      unit: "ms",
      limit: least.p99,
      ...(p99 && { target: p99 }),
    });
  }
  report.add({
    what: "highest rate held",
    value: full.held,
    unit: "msg/s",
    limit: bare.held,
    target: targets.heldRate,
  });
  report.add({
    what: "accepted and never seen by the agent",
    value: full.lost,
    unit: "msg",
    target: targets.lost,
  });
  report.add({ what: "seen more than once", value: full.twice, unit: "msg", target: targets.twice });
  const at4000 = full.rates.get(4_000);
  report.add({
    what: "event loop late at 4000/s, p99",
    value: at4000?.delayP99 ?? NaN,
    unit: "ms",
    target: targets.delayP99,
  });
  report.add({
    what: "event loop late at 4000/s, max",
    value: at4000?.delayMax ?? NaN,
    unit: "ms",
    target: targets.delayMax,
  });
  report.add({
    what: "processor time a message at 1000/s",
    value: full.rates.get(1_000)?.cpu ?? NaN,
    unit: "us",
  });
  const { burst: b } = full;
  const note = `${b.messages} due within 1 s`;
  report.add({
    what: "burst: all durable after",
    value: b.seconds,
    unit: "s",
    target: targets.burstSeconds,
    note,
  });
  report.add({ what: "burst: not accepted", value: b.errors, unit: "answers", target: targets.burstErrors });
  report.add({
    what: "burst: growth of the heap",
    value: b.heapMegabytes,
    unit: "MB",
    target: targets.burstHeap,
  });
  await opening(report, join(folder, "opening"), size, quick);
  await peer(report, join(folder, "peer"), { size, held: full.held, quick });
};

const RATES = [200, 1_000, 4_000] as const;
const latencyTargets: Record<string, Target> = {
  "4000 p50": targets.p50At4000,
  "4000 p99": targets.p99At4000,
  "1000 p50": targets.p50At1000,
  "1000 p99": targets.p99At1000,
  "200 p99": targets.p99At200,
};

const targetOf = (rate: number, which: "p50" | "p99") => latencyTargets[`${rate} ${which}`];

interface AtRate {
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number;
  readonly delayP99: number;
  readonly delayMax: number;
  readonly note: string;
}

async function measure(range: Range, seconds: number, quick: boolean, gateway?: Running) {
  const rates = new Map<number, AtRate>();
  await range.fire(quick ? 200 : 1_000, 2);
  for (const rate of RATES) {
    await gateway?.child.do("watch");
    const outcome = await range.fire(rate, seconds);
    const usage = await gateway?.child.do("usage");
    rates.set(rate, {
      p50: outcome.agent.p50,
      p99: outcome.agent.p99,
      cpu: ((usage?.cpuSeconds ?? NaN) / outcome.sent) * 1e6,
      delayP99: usage?.delay.p99 ?? NaN,
      delayMax: usage?.delay.max ?? NaN,
      note: `${outcome.sent} sent, ${outcome.accepted} accepted, answered in ${outcome.answer.p50.toFixed(1)} / ${outcome.answer.p99.toFixed(1)} ms`,
    });
  }
  return { rates, held: await highestHeld(range, quick ? 1 : 4), lost: range.lost(), twice: range.twice() };
}

async function burst(range: Range, gateway: Running, quick: boolean) {
  const messages = quick ? 2_000 : 20_000;
  const before = await gateway.child.do("memory");
  await gateway.child.do("watch");
  const outcome = await range.fire(messages, 1);
  const { heapPeak } = await gateway.child.do("usage");
  return {
    messages,
    seconds: outcome.answeredSeconds,
    errors: outcome.sent - outcome.accepted,
    heapMegabytes: (heapPeak - before.heapUsed) / 1024 ** 2,
  };
}

/** Every message opens work and sets the router going: the dearest road a message can take. */
async function opening(report: Parameters<Part>[0]["report"], dir: string, size: CentreSize, quick: boolean) {
  const centre = await seedCentre(dir, { ...size, work: "none" });
  const messages = quick ? 500 : 5_000;
  await withGateway(centre, async (range, gateway) => {
    await gateway.child.do("watch");
    // Only the first message of a customer opens work, so nothing is fired before.
    const outcome = await range.fire(messages, 1);
    const { delay } = await gateway.child.do("usage");
    const note = `${messages} customers begin within 1 s, ${size.agents} agents free`;
    report.add({
      what: "work opened and told",
      value: outcome.sent / outcome.deliveredSeconds,
      unit: "msg/s",
      note,
    });
    report.add({ what: "event loop late meanwhile, max", value: delay.max, unit: "ms" });
  });
}
