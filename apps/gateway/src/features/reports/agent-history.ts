import { AppError, type CommandOutput, dateOf, spansOf, startOfDate } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { stretchesOf } from "../../store/reports.ts";
import { may } from "../access.ts";
import { catchUp } from "./follow.ts";

/** The states of one agent today. Throws `forbidden` where somebody else's are asked for without seeing the floor. */
export async function agentHistory(
  ctx: Ctx,
  caller: Caller,
  userId: string,
): Promise<CommandOutput<"agent.history">> {
  if (userId !== caller.userId && !may(caller, "floor.see"))
    throw new AppError("forbidden", "not your history");
  const complete = await catchUp(ctx);
  const at = ctx.clock.now();
  const { timeZone } = ctx.config;
  const from = startOfDate(dateOf(at, timeZone), timeZone);
  const spans = spansOf(await stretchesOf(ctx.store, { userId, from, to: at + 1 }), from);
  const missed = spans.filter((s) => s.reason === "missed" && s.from >= from).length;
  return { from, at, spans, missed, complete };
}
