import type { Clock } from "@tongdai/shared";

/** Runs something that can be aborted, and aborts it after `ms`. The timer ends with the run. */
export async function withTimeout<R>(
  clock: Clock,
  ms: number,
  run: (signal: AbortSignal) => Promise<R>,
): Promise<R> {
  const controller = new AbortController();
  const cancel = clock.after(ms, () => controller.abort(new Error(`no answer within ${ms} ms`)));
  try {
    return await run(controller.signal);
  } finally {
    cancel();
  }
}
