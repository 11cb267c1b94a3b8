import { monitorEventLoopDelay } from "node:perf_hooks";
import { AppError } from "@tongdai/shared";

export interface OverloadLimits {
  /** Webhook requests in hand. */
  readonly webhooks: number;
  /** Bytes that those may bring. */
  readonly bytes: number;
  /** How much of both one network may hold with bodies that are still on their way. */
  readonly share: number;
  /** Milliseconds by which the event loop is late most of the time. */
  readonly loopDelayMs: number;
}

const defaults: OverloadLimits = {
  webhooks: 1_000,
  bytes: 128 * 1024 * 1024,
  share: 0.5,
  loopDelayMs: 300,
};
const SAMPLE_MS = 10;
const WINDOW_MS = 1_000;

export interface Overload {
  /** Throws `unavailable` while there is too much to do: better now than out of memory later. Vendors repeat. */
  enter(network: string, bytes: number): Place;
  /** Milliseconds, 99th percentile of the last window. */
  loopDelay(): number;
  close(): void;
}

/** A request in hand. Both may be said more than once. */
export interface Place {
  /** All of its body is here: how long it stays is up to us now, and its network may send the next. */
  arrived(): void;
  leave(): void;
}

interface Load {
  requests: number;
  bytes: number;
}

export function watchLoad(limits: Partial<OverloadLimits> = {}): Overload {
  const max = { ...defaults, ...limits };
  const delay = watchLoop();
  const inHand: Load = { requests: 0, bytes: 0 };
  const arriving = new Map<string, Load>();
  const full = (load: Load, bytes: number, share: number) =>
    load.requests >= max.webhooks * share || load.bytes + bytes > max.bytes * share;

  return {
    enter(network, bytes) {
      const here = arriving.get(network) ?? { requests: 0, bytes: 0 };
      if (full(inHand, bytes, 1) || full(here, bytes, max.share) || delay.usual() > max.loopDelayMs)
        throw new AppError("unavailable", "too much to do just now", { retryAfterSeconds: 5 });
      arriving.set(network, here);
      const undoArriving = add(here, bytes);
      const undoInHand = add(inHand, bytes);
      const arrived = () => {
        undoArriving();
        if (here.requests === 0) arriving.delete(network);
      };
      return {
        arrived,
        leave() {
          arrived();
          undoInHand();
        },
      };
    },
    loopDelay: delay.p99,
    close: delay.close,
  };
}

/** Returns its undo, which counts once. */
function add(load: Load, bytes: number): () => void {
  load.requests++;
  load.bytes += bytes;
  let undone = false;
  return () => {
    if (undone) return;
    undone = true;
    load.requests--;
    load.bytes -= bytes;
  };
}

function watchLoop(): { p99(): number; usual(): number; close(): void } {
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
  return {
    p99: () => p99,
    usual: () => usual,
    close() {
      clearInterval(window);
      histogram.disable();
    },
  };
}
