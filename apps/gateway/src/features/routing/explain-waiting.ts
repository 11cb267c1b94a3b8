import { AppError, type CommandOutput, explain } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { interactionById } from "../../store/interactions.ts";
import { seeHistory } from "../access.ts";
import { readFloorOf } from "./read-floor.ts";

/** Why it waits, agent by agent, for whoever may see the conversation. */
export async function explainWaiting(
  ctx: Ctx,
  caller: Caller,
  interactionId: string,
): Promise<CommandOutput<"interaction.explain">> {
  const row = await interactionById(ctx.store, interactionId);
  if (!row) throw new AppError("not_found", "no such conversation");
  await seeHistory(ctx, caller, row.conversation_id);
  const verdicts = explain(await readFloorOf(ctx.store, ctx, interactionId), interactionId);
  return { agents: verdicts.filter((v) => v.obstacle?.code !== "not_in_queue") };
}
