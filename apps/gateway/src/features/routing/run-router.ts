import type { Ctx } from "../../context.ts";
import { type Wakeable, wakeable } from "../../wakeable.ts";
import { routeWaiting } from "./route-waiting.ts";

/** Runs the router whenever something that routing depends on has changed. */
export function runRouter(ctx: () => Ctx): Wakeable {
  const router: Wakeable = wakeable({
    name: "routing",
    deps: ctx,
    async pass() {
      if (await routeWaiting(ctx())) router.wake();
      return null;
    },
  });
  return router;
}
