import { monitorEventLoopDelay } from "node:perf_hooks";
import { AppError } from "@tongdai/shared";

export interface OverloadLimits {
  /** Webhook requests in hand. */
  readonly webhooks: number;
  /** Bytes that those have announced. */
  readonly bytes: number;
  /** Milliseconds by which the event loop is late most of the time. */
  readonly loopDelayMs: number;
}

const defaults: OverloadLimits = { webhooks: 1_000, bytes: 128 * 1024 * 1024, loopDelayMs: 300 };
const SAMPLE_MS = 10;
const WINDOW_MS = 1_000;

export interface Overload {
  /** Throws `unavailable` while there is too much to do: better now than out of memory later. Vendors repeat. */
  enter(bytes: number): void;
  leave(bytes: number): void;
  /** Milliseconds, 99th percentile of the last window. */
  loopDelay(): number;
  close(): void;
}

export function watchLoad(limits: Partial<OverloadLimits> = {}): Overload {
  const max = { ...defaults, ...limits };
  const histogram = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  histogram.enable();
  let p99 = 0;
  let usual = 0;
  const late = (percentile: number) => {
    const ms = histogram.percentile(percentile) / 1e6 - SAMPLE_MS;
    return Number.isFinite(ms) ? Math.max(0, ms) : 0;
  };
  const window = setInterval(() => {
    p99 = late(99);
    usual = late(50);
    histogram.reset();
  }, WINDOW_MS).unref();
  let inHand = 0;
  let bytesInHand = 0;
  return {
    enter(bytes) {
      if (inHand >= max.webhooks || bytesInHand + bytes > max.bytes || usual > max.loopDelayMs)
        throw new AppError("unavailable", "too much to do just now", { retryAfterSeconds: 5 });
      inHand++;
      bytesInHand += bytes;
    },
    leave(bytes) {
      inHand--;
      bytesInHand -= bytes;
    },
    loopDelay: () => p99,
    close() {
      clearInterval(window);
      histogram.disable();
    },
  };
}
