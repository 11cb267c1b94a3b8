import { type AgentDay, type DayChange, type QueueDay, reportEventNames } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { type Wakeable, wakeable } from "../../wakeable.ts";
import { readToday, type Today } from "../reports/index.ts";
import { readDefinition } from "./definition.ts";

/** So often at most: numbers of a day need not be as quick as who waits now. */
const EVERY_MS = 3_000;
const names = new Set<string>(reportEventNames);

export interface DayRunner extends Pick<Wakeable, "wake" | "idle" | "close"> {
  /** What is different from what this gave before; `null`: nothing. */
  change(): DayChange | null;
  /** What has been given so far, for somebody new. */
  full(): DayChange | null;
  /** How service level is read has been chosen anew. */
  redefined(): void;
}

/** Keeps today's numbers while somebody watches the floor. @param told there is something new to be told */
export function runDay(ctx: () => Ctx, o: { isWatched: () => boolean; onNews: () => void }): DayRunner {
  let today: Today | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let definition: Today["definition"] | null = null;
  const queues = new Map<string, QueueDay>();
  const agents = new Map<string, AgentDay>();
  let news: DayChange | null = null;

  const runner = wakeable({ name: "day", deps: ctx, pass });

  async function pass(): Promise<number | null> {
    if (!o.isWatched()) {
      today = null;
      news = null;
      return null;
    }
    const { clock, store } = ctx();
    const early = readAt + EVERY_MS - clock.elapsed();
    if (early > 0) return early;
    readAt = clock.elapsed();
    definition ??= await readDefinition(store);
    const before = today;
    today = await readToday(ctx(), before, definition);
    if (!today) return EVERY_MS;
    const at = clock.now();
    collect(today, { at, isNew: today.figures !== before?.figures });
    if (news) o.onNews();
    return Math.max(EVERY_MS, today.figures.nextChange(at) - at);
  }

  function collect({ date, definition: by, figures }: Today, { at, isNew }: { at: number; isNew: boolean }) {
    if (isNew) {
      queues.clear();
      agents.clear();
    }
    const changedQueues = figures.queues(at).filter((q) => !same(q, queues.get(q.queueId)));
    const changedAgents = figures.changedAgents().filter((a) => !same(a, agents.get(a.userId)));
    for (const q of changedQueues) queues.set(q.queueId, q);
    for (const a of changedAgents) agents.set(a.userId, a);
    if (!isNew && changedQueues.length + changedAgents.length === 0) return;
    // What nobody was told of yet comes along.
    const unsaid = isNew ? null : news;
    news = {
      full: isNew || unsaid?.full === true,
      date,
      definition: by,
      queues: merged(unsaid?.queues, changedQueues, (q) => q.queueId),
      agents: merged(unsaid?.agents, changedAgents, (a) => a.userId),
    };
  }

  const undoFollow = ctx().store.follow((entries) => {
    if (o.isWatched() && entries.some((e) => names.has(e.name))) runner.wake();
  });

  return {
    wake: runner.wake,
    change() {
      const said = news;
      news = null;
      return said;
    },
    full: () =>
      today && {
        full: true,
        date: today.date,
        definition: today.definition,
        queues: [...queues.values()],
        agents: [...agents.values()],
      },
    redefined() {
      definition = null;
      readAt = Number.NEGATIVE_INFINITY;
      runner.wake();
    },
    idle: runner.idle,
    async close() {
      undoFollow();
      await runner.close();
    },
  };
}

function merged<T>(before: readonly T[] | undefined, now: readonly T[], key: (value: T) => string): T[] {
  return [...new Map([...(before ?? []), ...now].map((v) => [key(v), v])).values()];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
