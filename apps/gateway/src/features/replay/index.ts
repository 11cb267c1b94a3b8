import { AppError } from "@tongdai/shared";
import type { Handlers } from "../../realtime/handler.ts";
import { catchUp } from "../reports/index.ts";
import { cancelRun, lookAtRun, startRun } from "./runs.ts";

export { runReplay } from "./run-replay.ts";
export { stopRuns, windowsOf } from "./runs.ts";
export { setupOf } from "./setup.ts";

export const handlers = {
  async "replay.start"(ctx, { userId }, question) {
    if (!(await catchUp(ctx)))
      throw new AppError("unavailable", "the facts are still read from the journal: try again in a moment");
    return { runId: startRun(ctx, userId, question) };
  },
  "replay.look": (ctx, { userId }, { runId, part }) => lookAtRun(ctx, { userId, runId, part }),
  async "replay.cancel"(ctx, { userId }, { runId }) {
    cancelRun(ctx, { userId, runId });
    return {};
  },
} satisfies Pick<Handlers, "replay.start" | "replay.look" | "replay.cancel">;
