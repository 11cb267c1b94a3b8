import { z } from "zod";
import { command } from "./command.ts";
import { ErrorCode } from "./errors.ts";
import { ReplayQuestion, ReplayResult } from "./replay.ts";
import { Id } from "./scalars.ts";

export const ReplayState = z.discriminatedUnion("state", [
  /** `part`: how far, 0 to 1. */
  z.object({ state: z.literal("running"), part: z.number() }),
  z.object({ state: z.literal("done"), result: ReplayResult }),
  z.object({ state: z.literal("failed"), code: ErrorCode }),
]);
export type ReplayState = z.infer<typeof ReplayState>;

/** A run is the asker's own, one at a time: the next one ends it. It lives in the gateway that began it. */
export const replayCommands = {
  "replay.start": command("replay.run", ReplayQuestion, z.object({ runId: Id })),
  /** Answers once the run has come further than `part`, is over, or a few seconds have passed. */
  "replay.look": command(
    "replay.run",
    z.strictObject({ runId: Id, part: z.number().min(0).max(1).default(0) }),
    ReplayState,
  ),
  "replay.cancel": command("replay.run", z.strictObject({ runId: Id }), z.object({})),
};
