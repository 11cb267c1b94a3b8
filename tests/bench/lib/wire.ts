import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** What a child process of the bench can do: named jobs with plain data in and out. */
export type Jobs = Record<string, (input: never) => Promise<unknown>>;

interface Question {
  readonly id: number;
  readonly job: string;
  readonly input: unknown;
}
interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** In the child: does jobs until the parent goes away. */
export function serve(jobs: Jobs): void {
  process.on("message", (message) => {
    const { id, job, input } = message as Question;
    const work = jobs[job];
    const done = work ? work(input as never) : Promise.reject(new Error(`no job ${job}`));
    done.then(
      (value) => process.send?.({ id, value } satisfies Answer),
      (error: unknown) =>
        process.send?.({ id, error: error instanceof Error ? String(error.stack) : String(error) }),
    );
  });
  process.once("disconnect", () => process.exit(0));
}

export interface Child<J extends Jobs> {
  readonly process: ChildProcess;
  do<N extends keyof J & string>(job: N, ...input: Parameters<J[N]>): Promise<Awaited<ReturnType<J[N]>>>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly env?: Record<string, string>;
  readonly execArgv?: readonly string[];
}

/** In the parent: starts a module that calls `serve`. Only type the child's own jobs here. */
export function start<J extends Jobs>(module: string, o: ChildOptions = {}): Child<J> {
  const child = fork(module, {
    execArgv: [...(o.execArgv ?? [])],
    env: { ...process.env, ...o.env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
  });
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  child.on("message", (message) => {
    const { id, value, error } = message as Answer;
    const waiting = open.get(id);
    open.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  });
  child.once("exit", (code, signal) => {
    for (const waiting of open.values()) waiting.reject(new Error(`${module} ended (${code ?? signal})`));
    open.clear();
  });
  return {
    process: child,
    do: (job, ...[input]) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        open.set(id, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id, job, input } satisfies Question);
      }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}
