import type { Ctx } from "../../context.ts";
import { routeWaiting } from "./route-waiting.ts";

export interface RouterLoop {
  /** Something that routing depends on has changed. */
  wake(): void;
  idle(): Promise<void>;
  close(): Promise<void>;
}

const RETRY_MS = 500;

/** Runs the router whenever it was woken; wakes during a pass make one more pass. */
export function runRouter(ctx: () => Ctx): RouterLoop {
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let cancelRetry: () => void = () => {};

  async function loop(): Promise<void> {
    do {
      again = false;
      if (await routeWaiting(ctx())) again = true;
    } while (again && !closed);
  }

  function wake(): void {
    again = true;
    if (closed || running) return;
    cancelRetry();
    running = loop()
      .catch((err: unknown) => {
        ctx().log.error({ err }, "routing failed, will run again");
        if (!closed) cancelRetry = ctx().clock.after(RETRY_MS, wake);
      })
      .finally(() => {
        running = null;
        // Woken in the moment between the last look and here.
        if (again && !closed) wake();
      });
  }

  return {
    wake,
    async idle() {
      while (running) await running;
    },
    async close() {
      closed = true;
      cancelRetry();
      await running;
    },
  };
}
