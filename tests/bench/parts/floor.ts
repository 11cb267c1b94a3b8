import { join } from "node:path";
import { type Centre, seedCentre, seedSupervisors } from "../gateway/seed.ts";
import { type Running, startGateway } from "../gateway/start.ts";
import { pause } from "../lib/schedule.ts";
import { type Child, start } from "../lib/wire.ts";
import type { LoadJobs } from "../load/child.ts";
import { targets } from "../targets.ts";
import type { Part } from "./part.ts";

/** Supervisors watch a large floor on which people come, go and change their state. */
export const floor: Part = async ({ report, folder, quick }) => {
  const agents = quick ? 500 : 5_000;
  const perSecond = quick ? 20 : 100;
  const seconds = quick ? 2 : 6;
  const watchers = quick ? [5, 20] : [50, 200];
  const most = Math.max(...watchers);
  report.note(
    `floor: ${agents} agents, half with work in hand, ${perSecond} changes of state or presence a second, in 50 queues; supervisors on ` +
      `sockets, told at most every 0.4 s, ${seconds} s each. Shares are of the gateway's whole process with everything that ` +
      "the changes themselves cost, without what the bench needs in that process to make them; nobody is told of the journal.",
  );
  const size = { agents, queues: 50, conversations: agents / 2, work: "active" } as const;
  const centre = await seedCentre(join(folder, "floor"), size);
  const tokens = await seedSupervisors(centre.databaseUrl, most);
  const gateway = await startGateway(centre);
  const load = start<LoadJobs>(join(import.meta.dirname, "../load/child.ts"));
  try {
    await gateway.child.do("bringEverybody");
    await load.do("connect", { url: gateway.url, tokens, lastSeq: "nowhere", atOnce: 8 });
    const run = { gateway, load, centre, perSecond, seconds };
    // Not counted: code that has not run yet is slow once.
    await watched({ ...run, seconds: 2 }, most);
    // What makes the changes and looks at the process costs something when it does nothing, too.
    const own = (await watched({ ...run, centre: { ...centre, userIds: [] } }, 0)).share;
    report.add({
      what: "the bench itself in that process: share of one processor",
      value: 100 * own,
      unit: "%",
    });
    const idle = await watched(run, 0);
    report.add({ what: "no watchers: share of one processor", value: 100 * (idle.share - own), unit: "%" });
    for (const count of watchers) {
      const { share, seen } = await watched(run, count);
      const asked = count === 200;
      report.add({
        what: `${count} watchers: share of one processor`,
        value: 100 * (share - own),
        unit: "%",
        ...(asked ? { target: targets.floorShare } : {}),
        note: `${seen.deliveries} pieces of ${(seen.bytes / 1024).toFixed(1)} KB, ${(seen.deliveries / count / seconds).toFixed(1)} a second to each`,
      });
      const { p50, p99, max, count: seenBy } = seen.staleness;
      report.add({ what: `${count} watchers: age of a change when it is seen, p50`, value: p50, unit: "ms" });
      report.add({
        what: `${count} watchers: age of a change when it is seen, p99`,
        value: p99,
        unit: "ms",
        target: targets.staleness,
        note: `${seenBy} seen, the oldest ${max} ms`,
      });
    }
  } finally {
    await load.stop();
    await gateway.stop();
  }
};

interface Run {
  readonly gateway: Running;
  readonly load: Child<LoadJobs>;
  readonly centre: Centre;
  readonly perSecond: number;
  readonly seconds: number;
}

/** For the whole of the picture to be on its way, and for the last change to be told. */
const SETTLE_MS = 1_500;

async function watched({ gateway, load, centre, perSecond, seconds }: Run, count: number) {
  await load.do("watchFloor", count);
  await pause(SETTLE_MS);
  await load.do("watchFloor", count);
  await gateway.child.do("watch");
  await gateway.child.do("change", { userIds: centre.userIds, perSecond, seconds });
  const { cpuSeconds, wallSeconds } = await gateway.child.do("usage");
  await pause(SETTLE_MS);
  return { share: cpuSeconds / wallSeconds, seen: await load.do("floorSeen") };
}
