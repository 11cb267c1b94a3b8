import { events } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { CallDesk } from "../../telephony/provider.ts";
import { lanes } from "./lanes.ts";
import { setReachable } from "./phone.ts";

export interface RunningDesk extends CallDesk {
  /** Resolves when what was told has been kept. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** What becomes of calls: they are turned away, since nothing answers them yet. Log-ins that end take their phones along. */
export function runDesk(ctx: () => Ctx): RunningDesk {
  const work = lanes((err) => ctx().log.error({ err }, "what a call did was not kept"));
  const undoFollow = ctx().store.follow((entries) => {
    for (const { name, data } of entries)
      if (name === "session.ended")
        for (const id of events[name].parse(data).sessionIds) ctx().telephony?.revoke(id);
  });
  return {
    incoming: ({ id }) => ctx().telephony?.hangUp(id, "unallocated"),
    leg() {},
    missed() {},
    ended() {},
    transferred() {},
    reachable: (userId, on) => work.run(userId, () => setReachable(ctx(), userId, on)),
    idle: work.idle,
    async close() {
      undoFollow();
      await work.idle();
    },
  };
}
