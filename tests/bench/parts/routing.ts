import { join } from "node:path";
import { type RoutableAgent, route, type WaitingItem } from "@tongdai/shared";
import { seedCentre } from "../gateway/seed.ts";
import { median, summarise } from "../lib/percentiles.ts";
import { targets } from "../targets.ts";
import type { Part } from "./part.ts";
import { openRouter } from "./router.ts";

/** Who gets what: the pure decision, and one pass of the gateway over its store. */
export const routing: Part = async ({ report, folder, quick }) => {
  const waiting = quick ? 1_000 : 10_000;
  const size = { waiting, agents: 500, queues: 50 };
  report.note(
    `routing: ${waiting} waiting, ${size.agents} agents, ${size.queues} queues that stand for skills`,
  );

  const all = repeat(quick ? 3 : 10, () => route(items(size.waiting, size.queues), agents(size, 3)));
  const perSecond = size.waiting / (median(all) / 1_000);
  const limit =
    size.waiting / (median(repeat(10, () => items(size.waiting, size.queues).sort(byAge))) / 1_000);
  report.add({
    what: "decisions with everybody free",
    value: perSecond,
    unit: "decisions/s",
    target: targets.routeRate,
    limit,
    note: "limit: sorting the queue alone",
  });
  const list = items(500, size.queues);
  const oneFree = agents(size, 3).map((a, i) => (i === 0 ? a : { ...a, load: 3 }));
  const one = summarise(repeat(quick ? 50 : 500, () => route(list.slice(0, 1), oneFree)));
  report.add({ what: "one decision, p99", value: one.p99, unit: "ms", target: targets.routeP99 });

  await passes({ report, folder, quick }, size);
};

interface Size {
  readonly waiting: number;
  readonly agents: number;
  readonly queues: number;
}

/** The gateway's own pass: one agent becomes free while all others are busy. */
async function passes({ report, folder, quick }: Parameters<Part>[0], size: Size): Promise<void> {
  const centre = await seedCentre(join(folder, "routing"), {
    ...size,
    conversations: size.waiting,
    work: "waiting",
  });
  const open = await openRouter(centre);
  try {
    const first = await open.pass();
    report.add({
      what: "first pass: everybody free",
      value: first.ms,
      unit: "ms",
      note: `${first.offers} offers`,
    });
    report.add({ what: "first pass holds the event loop, max", value: first.longest, unit: "ms" });
    const times: number[] = [];
    for (let i = 0; i < (quick ? 10 : 100); i++) {
      await open.freeOne(centre.userIds[i % size.agents] ?? "");
      times.push((await open.pass()).ms);
    }
    const one = summarise(times);
    report.add({ what: "pass for one agent who became free, p50", value: one.p50, unit: "ms" });
    report.add({ what: "pass for one agent who became free, p99", value: one.p99, unit: "ms" });
  } finally {
    await open.close();
  }
}

const repeat = (times: number, work: () => unknown): number[] =>
  Array.from({ length: times }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });

const byAge = (a: WaitingItem, b: WaitingItem) => a.waitingSince - b.waitingSince;

const items = (count: number, queues: number): WaitingItem[] =>
  Array.from({ length: count }, (_, i) => ({
    interactionId: `i${i}`,
    queueId: `q${i % queues}`,
    priority: 0,
    waitingSince: (i * 7_919) % count,
    preferredAgentId: i % 5 === 0 ? `u${i % 500}` : null,
    preferredOnly: false,
    declinedBy: [],
  }));

const agents = (size: Size, capacity: number): RoutableAgent[] =>
  Array.from({ length: size.agents }, (_, i) => ({
    userId: `u${i}`,
    queueIds: [`q${i % size.queues}`, `q${(i + 1) % size.queues}`],
    available: true,
    capacity,
    load: 0,
    idleSince: i,
  }));
