import type { Ctx } from "../../context.ts";
import { type Wakeable, wakeable } from "../../wakeable.ts";
import type { Memory } from "./memory.ts";
import { routeWaiting } from "./route-waiting.ts";

/** Runs the router whenever something that routing depends on has changed. */
export function runRouter(ctx: () => Ctx): Wakeable {
  const memory: Memory = { known: null };
  const router: Wakeable = wakeable({
    name: "routing",
    deps: ctx,
    async pass() {
      if (await routeWaiting(ctx(), memory)) router.wake();
      return null;
    },
  });
  return router;
}
