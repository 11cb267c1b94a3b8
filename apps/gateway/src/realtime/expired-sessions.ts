import type { Ctx } from "../context.ts";
import { endedAmong } from "../store/sessions.ts";

/** For so long a session that ran out may still be told what happens. */
const LOOK_MS = 60_000;
const AT_ONCE = 500;

/** Every minute, which of the connected sessions are over: nobody writes a line in the journal when time runs out. */
export function watchExpiry(
  ctx: () => Ctx,
  o: { connected: () => Iterable<string>; end: (sessionIds: readonly string[]) => void },
): { idle(): Promise<void>; close(): Promise<void> } {
  let looking = Promise.resolve();
  let cancel = ctx().clock.after(LOOK_MS, begin);
  let closed = false;

  function begin(): void {
    looking = look()
      .catch((err: unknown) => ctx().log.warn({ err }, "sessions not looked through, will be next time"))
      .finally(() => {
        if (!closed) cancel = ctx().clock.after(LOOK_MS, begin);
      });
  }

  async function look(): Promise<void> {
    const ids = [...new Set(o.connected())];
    for (let from = 0; from < ids.length && !closed; from += AT_ONCE)
      o.end(await endedAmong(ctx().store, ids.slice(from, from + AT_ONCE), ctx().clock.now()));
  }

  return {
    idle: () => looking,
    async close() {
      closed = true;
      cancel();
      await looking;
    },
  };
}
