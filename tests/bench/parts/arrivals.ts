import { join } from "node:path";
import { WARM_UP_SECONDS } from "../gateway/arrivals.ts";
import { seedCentre } from "../gateway/seed.ts";
import { startGateway } from "../gateway/start.ts";
import { targets } from "../targets.ts";
import type { Part, PartOptions } from "./part.ts";

/** Customers arrive without a pause: how long after it became possible does an offer leave. */
export const arrivals: Part = async (o) => {
  report(o);
  for (const rate of o.quick ? [50] : [250, 500]) {
    await measured(o, { name: "somebody is free", waiting: 0, rate });
    await measured(o, { name: "somebody becomes free", waiting: o.quick ? 100 : 1_000, rate });
  }
};

const CHATS_EACH = 3;

const sizes = (quick: boolean) => ({
  agents: quick ? 100 : 1_000,
  queues: quick ? 5 : 50,
  seconds: quick ? 2 : 6,
});

function report({ report, quick }: PartOptions): void {
  const { agents, queues, seconds } = sizes(quick);
  report.note(
    `arrivals: pieces of work for ${seconds} s after one that is not counted, ${agents} agents in ${queues} queues who accept at once, in the ` +
      "gateway's own process without sockets or webhooks. From the commit (of the arrival where somebody is free, of the finished " +
      "work where all were full) to the offer's being told to followers of the journal. Limit: one row made durable and told.",
  );
}

async function measured(
  { report, folder, quick }: PartOptions,
  { name, waiting, rate }: { name: string; waiting: number; rate: number },
): Promise<void> {
  const { agents, queues, seconds } = sizes(quick);
  const room = agents * CHATS_EACH;
  const filled = waiting > 0 ? room + waiting : 0;
  const conversations = filled + rate * (WARM_UP_SECONDS + seconds);
  const centre = await seedCentre(join(folder, `arrivals-${rate}-${waiting}`), {
    agents,
    queues,
    conversations,
    work: "none",
  });
  const gateway = await startGateway(centre);
  try {
    await gateway.child.do("bringEverybody");
    const { conversationIds, userIds } = centre;
    const job = { conversationIds, userIds, filled, room, rate, seconds };
    await gateway.child.do("watch");
    const all = await gateway.child.do("arrivals", job);
    const { delay } = await gateway.child.do("usage");
    const { offers, commit } = all;
    const what = `${rate} arrivals/s, ${name}: offer after`;
    report.add({
      what: `${what}, p50`,
      value: offers.p50,
      unit: "ms",
      limit: commit.p50,
      note: `${offers.count} offers for ${all.arrived} arrivals, ${all.missing} never left, ${all.failed} commands failed, ${(100 * all.share).toFixed(0)} % of one processor`,
    });
    report.add({
      what: `${what}, p99`,
      value: offers.p99,
      unit: "ms",
      limit: commit.p99,
      ...(quick || rate < 500 ? {} : { target: targets.offerAfter }),
      note: `the longest ${offers.max.toFixed(0)} ms`,
    });
    report.add({
      what: `${rate} arrivals/s, ${name}: event loop late, p99`,
      value: delay.p99,
      unit: "ms",
      ...(quick ? {} : { target: targets.delayP99 }),
      note: `at most ${delay.max.toFixed(0)} ms; with the filling of everybody and the bench itself`,
    });
  } finally {
    await gateway.stop();
  }
}
