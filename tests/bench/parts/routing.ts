import { join } from "node:path";
import {
  defaultCapacity,
  defaultQueueRules,
  type Floor,
  type RoutableAgent,
  route,
  type WaitingItem,
} from "@tongdai/shared";
import { seedCentre } from "../gateway/seed.ts";
import { median, summarise } from "../lib/percentiles.ts";
import { targets } from "../targets.ts";
import type { Part } from "./part.ts";
import { openRouter } from "./router.ts";

/** Who gets what: the pure decision, how its cost grows, and one pass of the gateway over its store. */
export const routing: Part = async ({ report, folder, quick }) => {
  const waiting = quick ? 1_000 : 10_000;
  const size = { waiting, agents: 1_000, queues: 50 };
  report.note(
    `routing: ${waiting} waiting, ${size.agents} agents, ${size.queues} queues, ${SKILLS} skills in rings`,
  );

  const all = repeat(quick ? 3 : 10, () => route(floor(size, 3)));
  const perSecond = size.waiting / (median(all) / 1_000);
  const limit = size.waiting / (median(repeat(10, () => items(size).sort(byAge))) / 1_000);
  report.add({
    what: "decisions with everybody free",
    value: perSecond,
    unit: "decisions/s",
    target: targets.routeRate,
    limit,
    note: "limit: sorting the queue alone",
  });
  // As the gateway asks: one agent has room, of whose queue the head of the line is looked at.
  const one = { ...floor({ ...size, waiting: 200, queues: 1 }, 3) };
  const busy = one.agents.map((a, i) => (i === 0 ? a : { ...a, carries: { ...a.carries, chat: 3 } }));
  const decision = summarise(
    repeat(quick ? 50 : 500, () =>
      route({ ...one, agents: busy.slice(0, 20), waiting: one.waiting.slice(0, 1) }),
    ),
  );
  report.add({ what: "one decision, p99", value: decision.p99, unit: "ms", target: targets.routeP99 });

  curve({ report, folder, quick }, size);
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

/** Twice as many waiting and twice as many agents may cost little more than twice as much. */
function curve({ report, quick }: Parameters<Part>[0], size: Size): void {
  let last: { n: number; ms: number } | null = null;
  for (const part of quick ? [0.25, 0.5] : [0.125, 0.25, 0.5, 1]) {
    const n = size.waiting * part;
    const some = { ...size, waiting: n, agents: size.agents * part };
    const ms = median(repeat(5, () => route(floor(some, 3))));
    const growth = last && ms / last.ms / ((n * Math.log2(n)) / (last.n * Math.log2(last.n)));
    report.add({
      what: `${n} waiting, ${some.agents} agents`,
      value: ms,
      unit: "ms",
      note: growth === null ? "" : `${growth.toFixed(2)} of n log n since the line before`,
    });
    last = { n, ms };
  }
}

const SKILLS = 40;

const floor = (size: Size, chats: number): Floor => ({
  waiting: items(size),
  agents: agents(size, chats),
  rules: {
    queues: new Map(Array.from({ length: size.queues }, (_, i) => [`q${i}`, queue(i)])),
    capacity: defaultCapacity,
  },
  now: size.waiting,
});

const queue = (i: number) => ({
  ...defaultQueueRules,
  queueId: `q${i}`,
  rings: [
    { afterMs: 0, needs: [{ skillId: `s${i % SKILLS}`, level: 2 }], prefers: [] },
    { afterMs: 5_000, needs: [], prefers: [{ skillId: `s${i % SKILLS}`, level: 2 }] },
  ],
});

const items = (size: Size): WaitingItem[] =>
  Array.from({ length: size.waiting }, (_, i) => ({
    interactionId: `i${i}`,
    queueId: `q${i % size.queues}`,
    channel: "facebook",
    kind: "chat",
    waitingSince: (i * 7_919) % size.waiting,
    boost: 0,
    tags: [],
    windowClosesAt: null,
    lastAgentId: i % 5 === 0 ? `u${i % size.agents}` : null,
    customerOwnerId: null,
    transferredTo: null,
    declinedBy: [],
  }));

const agents = (size: Size, chat: number): RoutableAgent[] =>
  Array.from({ length: size.agents }, (_, i) => ({
    userId: `u${i}`,
    queueIds: [`q${i % size.queues}`, `q${(i + 1) % size.queues}`],
    skills: { [`s${i % SKILLS}`]: 1 + (i % 5), [`s${(i + 7) % SKILLS}`]: 3 },
    state: "available",
    limits: { call: 1, chat, mail: 5 },
    carries: { call: 0, chat: 0, mail: 0, idleChats: 0 },
    idleSince: i,
    offeredAt: i,
  }));
