import type { ReportEntry } from "../domain/report/read.ts";
import { reportDay } from "./report-day.ts";
import { seededRandom } from "./seeded-random.ts";

interface GeneratedDay {
  /** Midnight, epoch milliseconds. */
  readonly start: number;
  readonly seed: number;
  readonly queues: readonly {
    readonly queueId: string;
    readonly perHour: number;
    /** Means, in seconds. */
    readonly handle: number;
    readonly patience: number;
  }[];
  readonly agents: readonly { readonly userId: string; readonly queueIds: readonly string[] }[];
  /** Pieces of work at once. */
  readonly room: number;
  readonly fromHour: number;
  readonly toHour: number;
  readonly id: (n: number) => string;
}

interface Work {
  readonly interactionId: string;
  readonly customerId: string;
  readonly queueId: string;
  readonly waitingSince: number;
  readonly handle: number;
  readonly gaveUpAt: number;
}

/**
 * The journal of a made-up day: customers come at random, are offered to whoever is idle longest, answered some seconds later,
 * talked with and wrapped up, or give up. Written without the router, so that what is derived from it can be checked against
 * something else. Seconds of the day throughout.
 */
export function generatedDay(o: GeneratedDay): ReportEntry[] {
  const random = seededRandom(o.seed);
  const exponential = (mean: number): number => Math.max(1, Math.round(-mean * Math.log(1 - random())));
  const day = reportDay(o.start);
  const [opens, closes] = [o.fromHour * 3_600, o.toHour * 3_600];
  const agents = o.agents.map((a) => ({ ...a, load: 0, idleSince: opens }));
  const tell = (at: number, a: (typeof agents)[number], state = "available"): void =>
    day.agent(at, a.userId, state, { load: a.load, chats: o.room });
  const todo: { at: number; n: number; run: (at: number) => void }[] = [];
  let n = 0;
  const later = (at: number, run: (at: number) => void): void => void todo.push({ at, n: n++, run });
  let waiting: Work[] = [];

  function serve(at: number): void {
    for (const work of waiting) {
      const [agent] = agents
        .filter((a) => a.load < o.room && a.queueIds.includes(work.queueId))
        .sort((a, b) => a.idleSince - b.idleSince);
      if (agent) offer(work, agent, at);
    }
  }

  function offer(work: Work, agent: (typeof agents)[number], at: number): void {
    waiting = waiting.filter((w) => w !== work);
    agent.load++;
    day.step(at, "interaction.offered", work, { userId: agent.userId });
    tell(at, agent);
    later(at + 2 + Math.floor(random() * 7), (taken) => {
      const owned = { ...work, ownerId: agent.userId };
      day.step(taken, "interaction.accepted", owned, { userId: agent.userId, actorId: agent.userId });
      agent.idleSince = taken;
      const talk = exponential(work.handle * 0.8);
      later(taken + talk, (ended) => day.step(ended, "interaction.ended", owned, { actorId: agent.userId }));
      later(taken + talk + exponential(work.handle * 0.2), (closed) => {
        day.step(closed, "interaction.closed", work, { disposition: "Xong", actorId: agent.userId });
        agent.load--;
        agent.idleSince = closed;
        tell(closed, agent);
        serve(closed);
      });
    });
  }

  later(opens, (at) => {
    for (const a of agents) tell(at, a);
  });
  let count = 0;
  for (const queue of o.queues)
    for (
      let at = opens + exponential(3_600 / queue.perHour);
      at < closes;
      at += exponential(3_600 / queue.perHour)
    ) {
      const work: Work = {
        interactionId: o.id(++count),
        customerId: o.id(100_000 + count),
        queueId: queue.queueId,
        waitingSince: o.start + at * 1_000,
        handle: queue.handle,
        gaveUpAt: at + exponential(queue.patience),
      };
      later(at, () => {
        day.step(at, "interaction.opened", work, { reasons: ["customer_wrote"] });
        waiting.push(work);
        serve(at);
      });
      later(work.gaveUpAt, (gone) => {
        if (!waiting.includes(work)) return;
        waiting = waiting.filter((w) => w !== work);
        day.step(gone, "interaction.closed", work);
      });
    }
  const last = closes + 4 * 3_600;
  later(last, (at) => {
    for (const a of agents) tell(at, a, "offline");
  });
  while (todo.length > 0) {
    todo.sort((a, b) => b.at - a.at || b.n - a.n);
    const next = todo.pop();
    next?.run(next.at);
  }
  return day.entries;
}
