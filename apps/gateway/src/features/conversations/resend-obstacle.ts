import { AppError, ChannelId, type SendFailure } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import type { MessageRow } from "../../store/schema.ts";
import { assertPrivateAgain } from "./private-answer.ts";
import { windowOf } from "./window.ts";

/** Why a message would only fail again, as far as we know without asking the vendor; `null`: it may leave. */
export async function resendObstacle(
  tx: Tx,
  ctx: Ctx,
  { row, view }: { row: MessageRow; view: ConversationView },
): Promise<SendFailure | null> {
  if (view.opted_out_at !== null) return "opted_out";
  const { capabilities } = ctx.channels.get(ChannelId.parse(view.channel));
  const window = windowOf(ctx, view, capabilities).state;
  if (row.template === null && (window === "closed" || window === "unopened")) return "outside_window";
  try {
    await assertPrivateAgain(tx, ctx, row);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "conflict") return "already_answered";
    return error.code === "window_closed" ? "outside_window" : "gone";
  }
}
