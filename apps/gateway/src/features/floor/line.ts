import {
  AppError,
  ChannelId,
  type CommandOutput,
  InteractionState,
  maskText,
  type WaitingWork,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { waitingLine } from "../../store/floor.ts";
import { queueById } from "../../store/people.ts";

const LIMIT = 200;

/** Who waits in a queue, in the order of its line. */
export async function listLine(ctx: Ctx, queueId: string): Promise<CommandOutput<"floor.line">> {
  if (!(await queueById(ctx.store, queueId))) throw new AppError("not_found", "no such queue");
  const rows = await waitingLine(ctx.store, queueId, LIMIT + 1);
  return { waiting: rows.slice(0, LIMIT).map(toWaiting), more: rows.length > LIMIT };
}

const toWaiting = (r: Awaited<ReturnType<typeof waitingLine>>[number]): WaitingWork => ({
  interactionId: r.id,
  version: r.version,
  conversationId: r.conversation_id,
  customerId: r.customer_id,
  channel: ChannelId.parse(r.channel),
  customerName: maskText(r.name),
  state: InteractionState.parse(r.state),
  waitingSince: r.waiting_since,
  boost: r.boost,
  heldUntil: r.held_until,
  offeredTo: r.offered_to,
  transferredTo: r.transferred_to,
  waitReason: r.wait_reason,
});
