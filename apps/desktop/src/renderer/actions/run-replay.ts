import { AppError, type CommandInput, type ReplayResult } from "@tongdai/shared";
import type { Client } from "./client.ts";
import { drop } from "./run.ts";

/** Between two looks: a bar that moves four times a second is smooth enough. */
const REST_MS = 250;

/** Runs a day again and waits for it; `null`: it was cancelled. @param progress how far it is, 0 to 1 */
export async function runReplay(
  client: Client,
  question: CommandInput<"replay.start">,
  { progress, signal }: { progress: (part: number) => void; signal: AbortSignal },
): Promise<ReplayResult | null> {
  const { runId } = await client.request("replay.start", question);
  const cancel = () => drop(client.request("replay.cancel", { runId }));
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    for (let part = 0; !signal.aborted; ) {
      const now = await client.request("replay.look", { runId, part });
      if (now.state === "done") return now.result;
      if (now.state === "failed") throw new AppError(now.code, "the run failed");
      part = now.part;
      progress(part);
      await new Promise<void>((resume) => void client.clock.after(REST_MS, resume));
    }
    return null;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
