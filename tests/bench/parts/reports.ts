import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import {
  addDays,
  ReportDefinition,
  type ReportGroup,
  type ReportSegment,
  startOfDate,
} from "@tongdai/shared";
import { seededRandom } from "@tongdai/shared/testing";
import { systemClock } from "../../../apps/gateway/src/clock.ts";
import type { Ctx } from "../../../apps/gateway/src/context.ts";
import { catchUp } from "../../../apps/gateway/src/features/reports/index.ts";
import { query } from "../../../apps/gateway/src/features/reports/query.ts";
import { openStore, type Store } from "../../../apps/gateway/src/store/index.ts";
import { allQueues } from "../../../apps/gateway/src/store/people.ts";
import { saveFacts } from "../../../apps/gateway/src/store/reports.ts";
import { type Centre, seedCentre } from "../gateway/seed.ts";
import { targets } from "../targets.ts";
import type { Part } from "./part.ts";

const timeZone = "Asia/Ho_Chi_Minh";
const first = "2026-08-01";
const CHUNK = 1_000;
const groups: readonly ReportGroup[] = ["queue", "agent", "hour", "day"];

/** Reports over many big days: from the question to the answer, and how long the event loop stands still meanwhile. */
export const reports: Part = async ({ report, folder, quick }) => {
  const days = quick ? 10 : 100;
  const perDay = quick ? 500 : 3_000;
  const size = { agents: 200, queues: 20, conversations: 0, work: "none" } as const;
  const centre = await seedCentre(join(folder, "reports"), size);
  const store = await openStore(centre.databaseUrl, { onFatal: () => {} });
  const ctx = { store, clock: systemClock, config: { timeZone } } as unknown as Ctx;
  report.note(`reports: ${days} days of ${perDay} interactions, ${centre.userIds.length} agents, 20 queues`);
  try {
    // What is written below stands for what the journal would have given.
    while (!(await catchUp(ctx)));
    await fill(store, centre, { days, perDay });
    for (const [what, to] of [
      ["1 day", first],
      [`${days} days`, addDays(first, days - 1)],
    ] as const)
      for (const groupBy of groups) {
        const { ms, stood } = await asked(ctx, { to, groupBy });
        const add = (of: string, value: number, target: (typeof targets)[keyof typeof targets]) =>
          report.add({ what: `${what} by ${groupBy}: ${of}`, value, unit: "ms", target });
        add("answer", ms, targets.reportAnswer);
        add("event loop stands still, at most", stood, targets.reportStands);
      }
  } finally {
    await store.close();
  }
};

async function asked(ctx: Ctx, o: { to: string; groupBy: ReportGroup }) {
  const input = { from: first, ...o, filter: {}, definition: ReportDefinition.parse({}) };
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const from = performance.now();
  await query(ctx, input);
  const ms = performance.now() - from;
  loop.disable();
  return { ms, stood: loop.max / 1e6 };
}

async function fill(
  store: Store,
  centre: Centre,
  { days, perDay }: { days: number; perDay: number },
): Promise<void> {
  const random = seededRandom(1);
  const queues = (await allQueues(store)).map(({ id }) => id);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  let id = 0;
  for (let day = 0; day < days; day++) {
    const opens = startOfDate(addDays(first, day), timeZone) + 8 * 3_600_000;
    const list = Array.from({ length: perDay }, () =>
      segment(++id, {
        at: opens + Math.floor(random() * 36_000_000),
        queueId: pick(queues),
        agentId: pick(centre.userIds),
      }),
    );
    for (let n = 0; n < list.length; n += CHUNK) {
      const segments = new Map(list.slice(n, n + CHUNK).map((s) => [s.id, s]));
      await store.write((tx) => saveFacts(tx, { segments, stretches: new Map() }, 0));
    }
  }
}

function segment(id: number, o: { at: number; queueId: string; agentId: string }): ReportSegment {
  const own = `00000000-0000-7000-8000-${id.toString(16).padStart(12, "0")}`;
  const taken = o.at + ((id * 7_919) % 120) * 1_000;
  const gaveUp = id % 20 === 0;
  const ended = taken + 60_000 + ((id * 104_729) % 600) * 1_000;
  return {
    id,
    interactionId: own,
    conversationId: own,
    customerId: own,
    queueId: o.queueId,
    channel: "facebook",
    part: 0,
    origin: "customer",
    arrivedAt: o.at,
    openedAt: o.at,
    openedBy: "customer",
    offers: gaveUp ? [] : [{ userId: o.agentId, at: taken - 5_000, outcome: "accepted", endedAt: taken }],
    acceptedAt: gaveUp ? null : taken,
    agentId: gaveUp ? null : o.agentId,
    repliedAt: gaveUp ? null : taken + 10_000,
    talkMs: gaveUp ? 0 : ended - taken - 20_000,
    holdMs: 0,
    parkedMs: 0,
    wrapUpMs: gaveUp ? 0 : 20_000,
    running: null,
    endedAt: ended,
    endId: id + 1,
    outcome: "closed",
    disposition: gaveUp ? null : "Đã giải quyết",
    form: [],
    resolved: gaveUp ? null : true,
    lastClosedAt: null,
    returnedAt: null,
  };
}
