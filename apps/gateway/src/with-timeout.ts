import { AppError, type Clock } from "@tongdai/shared";

/**
 * Runs something that can be aborted, and aborts it after `ms`: throws `timeout` then, whether or not it listens. The
 * timer ends with the run.
 */
export async function withTimeout<R>(
  clock: Clock,
  ms: number,
  run: (signal: AbortSignal) => Promise<R>,
): Promise<R> {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const cancel = clock.after(ms, () => {
    const error = new AppError("timeout", `no answer within ${ms} ms`);
    late.reject(error);
    controller.abort(error);
  });
  try {
    return await Promise.race([run(controller.signal), late.promise]);
  } finally {
    cancel();
  }
}
