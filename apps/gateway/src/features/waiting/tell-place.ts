import { ChannelId, placeText, tellAt, type WaitProgress } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { waitRulesOf } from "../../presenters/people.ts";
import { conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import type { InteractionRow, QueueRow } from "../../store/schema.ts";
import { countAhead } from "../../store/waiting.ts";
import { replyBySystem } from "../conversations/index.ts";

/** A place further back is not counted out, and helps nobody. */
const FURTHEST = 1_000;

/**
 * Tells a waiting customer their place and how long it may take, when that is due and the place is better than what they were
 * told last; see `PlaceNotice`.
 * @returns what they have been told now, for the next time
 */
export async function tellPlace(
  tx: Tx,
  ctx: Ctx,
  o: { row: InteractionRow; queue: QueueRow; progress: WaitProgress },
): Promise<WaitProgress["told"]> {
  const { row, queue, progress } = o;
  const notice = waitRulesOf(queue).place;
  const at = tellAt(notice, progress);
  const now = ctx.clock.now();
  if (!notice || at === null || at > now) return progress.told;
  const last = progress.told?.position ?? Infinity;
  const { capabilities } = ctx.channels.get(ChannelId.parse(row.channel));
  const position = (await countAhead(tx, row, FURTHEST)) + 1;
  // Kept for one person it stands in no line.
  const isTold = capabilities.notices && row.transferred_to === null && position <= FURTHEST;
  const view = isTold && position < last ? await conversationById(tx, row.conversation_id) : undefined;
  const waitMs = ctx.expectedWait(queue.id, position);
  const text = view ? placeText(notice.text, { position, waitMs }) : "";
  const isSaid = view && text !== "" && (await replyBySystem(tx, ctx, { view, text }));
  return { at: now, position: isSaid ? position : last === Infinity ? FURTHEST + 1 : last };
}
