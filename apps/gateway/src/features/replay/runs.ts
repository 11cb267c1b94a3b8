import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { AppError, answerWithin, type ReplayQuestion, type ReplayState } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { Store } from "../../store/index.ts";
import type { DaySource } from "./read-day.ts";
import type { ReplayNews, ReplayOrder } from "./replayer.ts";

/** Threads at once: the rest of the machine is for the work itself. */
const MOST_RUNNING = 2;
/** People whose last result is kept. */
const MOST_KEPT = 50;
const LOOK_MS = 5_000;
const MEMORY_MB = 512;

interface Run {
  readonly id: string;
  readonly thread: Worker;
  now: ReplayState;
  /** Ends looks that wait for something to change. */
  readonly waiting: Set<() => void>;
}

/** By user, the longest untouched first. */
type Runs = Map<string, Run>;
const runsOf = new WeakMap<Store, Runs>();

function runs({ store }: Ctx): Runs {
  const known = runsOf.get(store) ?? new Map<string, Run>();
  runsOf.set(store, known);
  return known;
}

/** Begins a run, and ends the one that the same person had. Throws `rate_limited` when too many are going on. */
export function startRun(ctx: Ctx, userId: string, question: ReplayQuestion): string {
  const all = runs(ctx);
  const others = [...all].filter(([who, run]) => who !== userId && run.now.state === "running");
  if (others.length >= MOST_RUNNING)
    throw new AppError("rate_limited", "others run a day just now: try again when they are done");
  // Only now: who is refused keeps what they have.
  stop(all, userId);
  const [oldest] = all.keys();
  if (all.size >= MOST_KEPT && oldest !== undefined) stop(all, oldest);
  const run = begin(ctx, question);
  all.set(userId, run);
  return run.id;
}

function begin(ctx: Ctx, question: ReplayQuestion): Run {
  const { databaseUrl, timeZone } = ctx.config;
  const order: ReplayOrder = {
    databaseUrl,
    timeZone,
    question,
    at: ctx.clock.now(),
    windows: windowsOf(ctx),
  };
  // The sources are a folder of .ts, the bundle one of .js.
  const file = new URL(`./replayer${extname(import.meta.filename)}`, import.meta.url);
  const thread = new Worker(file, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  thread.unref();
  const run: Run = { id: newId(), thread, now: { state: "running", part: 0 }, waiting: new Set() };
  const become = (now: ReplayState): void => {
    run.now = now;
    for (const done of run.waiting) done();
  };
  thread.on("message", (news: ReplayNews) => {
    if ("part" in news) become({ state: "running", part: news.part });
    else if ("result" in news) become({ state: "done", result: news.result });
    else become({ state: "failed", code: news.code });
  });
  thread.on("error", (err) => {
    ctx.log.error({ err }, "a replay failed");
    become({ state: "failed", code: "internal" });
  });
  thread.on("exit", () => {
    if (run.now.state === "running") become({ state: "failed", code: "internal" });
  });
  return run;
}

/** How long the channels that are built in let us answer. */
export const windowsOf = ({
  channels,
}: {
  readonly channels: Pick<Ctx["channels"], "all">;
}): DaySource["windows"] =>
  Object.fromEntries(
    channels.all.flatMap(({ id, capabilities }) => {
      const window = answerWithin(capabilities);
      return window === null ? [] : [[id, window]];
    }),
  );

/** How far the asker's run is. Throws `not_found` for one that was ended, or that another gateway has. */
export async function lookAtRun(
  ctx: Ctx,
  o: { userId: string; runId: string; part: number },
): Promise<ReplayState> {
  const run = runs(ctx).get(o.userId);
  if (run?.id !== o.runId) throw new AppError("not_found", "no such run");
  if (run.now.state === "running" && run.now.part <= o.part) await change(ctx, run);
  return run.now;
}

function change(ctx: Ctx, run: Run): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      undo();
      run.waiting.delete(done);
      resolve();
    };
    const undo = ctx.clock.after(LOOK_MS, done);
    run.waiting.add(done);
  });
}

export function cancelRun(ctx: Ctx, o: { userId: string; runId: string }): void {
  const all = runs(ctx);
  if (all.get(o.userId)?.id === o.runId) stop(all, o.userId);
}

/** Ends all threads. */
export async function stopRuns(ctx: Ctx): Promise<void> {
  const all = runs(ctx);
  await Promise.all([...all.values()].map(({ thread }) => thread.terminate()));
}

function stop(all: Runs, userId: string): void {
  const run = all.get(userId);
  if (!run) return;
  all.delete(userId);
  void run.thread.terminate();
}
