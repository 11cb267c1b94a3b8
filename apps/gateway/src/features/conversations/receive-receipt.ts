import { advance, MessageState } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { type ConversationView, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { messageByExternalId, messageById, outgoingUntil } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { conversationOrKept } from "./early-acts.ts";
import type { Inbound } from "./inbound-context.ts";
import { changeMessage } from "./journal-message.ts";
import { markSent } from "./mark-sent.ts";
import { keepForMessage } from "./message-changes.ts";
import { receiveBounce } from "./receive-bounce.ts";
import { shownTime } from "./times.ts";

/**
 * Receipts, and whose clock they go by. A watermark is a time of the vendor's clock and covers what the vendor had by then
 * (Meta, "message_deliveries": everything sent before it; "message_reads": at or before it). It is therefore compared with
 * the vendor's own time of each message and never with ours, so neither a vendor's clock behind ours loses receipts nor one
 * ahead of ours marks what is sent later. That time is, best first: the echo's; the earliest that the answer to the sending
 * allows (its Date less the time that the request took), which may count a look of that very moment but loses none; the order
 * of sending. The watermark is kept, so a message whose time is told after its receipt is covered then: see mark-sent.ts.
 *
 * Delivered or read: the messages named, and everything sent up to the watermark. Only ever moves forward. A vendor without
 * watermarks names a message perhaps before it has answered the sending, so what it names is kept for it.
 */
export async function receiveReceipt(tx: Tx, ctx: Ctx, in_: Inbound<"delivered" | "read">): Promise<void> {
  const { account, event } = in_;
  const heard: Heard = { state: event.kind, at: heardAt(in_) };
  if (event.kind === "delivered" && event.ours !== undefined) await proveSent(tx, ctx, in_, event.ours);
  if (event.watermark === null) {
    for (const externalId of event.externalIds)
      await keepForMessage(tx, ctx, in_, { externalId, kind: heard.state, rank: heard.at, value: null });
    return;
  }
  const view = await conversationOrKept(tx, in_, { kind: heard.state, at: event.watermark });
  if (!view) return;
  for (const externalId of event.externalIds) {
    const row = await messageByExternalId(tx, account.id, externalId);
    if (row?.conversation_id === view.id) await move(tx, ctx, row, heard);
  }
  const column = heard.state === "read" ? "read_until" : "delivered_until";
  if (event.watermark <= view[column]) return;
  await updateConversation(tx, view.id, { [column]: event.watermark });
  await moveAll(tx, ctx, { view, until: event.watermark, heard });
}

/** Whoever receipts a message has it, also where nobody heard the answer to its sending. */
async function proveSent(
  tx: Tx,
  ctx: Ctx,
  { account, event, item }: Inbound<"delivered" | "read">,
  ours: string,
): Promise<void> {
  const [externalId] = event.externalIds;
  const was = await messageById(tx, ours);
  if (was?.account_id !== account.id || was.external_id !== null || externalId === undefined) return;
  await markSent(tx, ctx, { was, externalId, vendorAt: was.vendor_at ?? item.at });
}

/** What the vendor had taken did not arrive, unless it says elsewhere that it did. */
export async function receiveUndelivered(tx: Tx, ctx: Ctx, in_: Inbound<"undelivered">): Promise<void> {
  if (await receiveBounce(tx, ctx, in_)) return;
  const { code, detail, externalIds } = in_.event;
  const value = JSON.stringify({ code, detail: detail.slice(0, 500) });
  for (const externalId of externalIds)
    await keepForMessage(tx, ctx, in_, { externalId, kind: "undelivered", rank: heardAt(in_), value });
}

interface Heard {
  readonly state: "delivered" | "read";
  readonly at: number;
}

/** The watermark is the time of a message, not of the look at it: what counts is when the vendor told, else when we heard. */
const heardAt = ({ item, receivedAt }: Pick<Inbound<"read">, "item" | "receivedAt">): number =>
  shownTime(item.at, receivedAt);

async function moveAll(
  tx: Tx,
  ctx: Ctx,
  o: { view: ConversationView; until: number; heard: Heard },
): Promise<void> {
  // What is still queued or on its way was not what the customer got: its receipt is applied once it is sent.
  const behind = o.heard.state === "read" ? ["sent", "delivered"] : ["sent"];
  for (const row of await outgoingUntil(tx, o.view.id, o.until, behind)) await move(tx, ctx, row, o.heard);
}

async function move(tx: Tx, ctx: Ctx, was: MessageRow, heard: Heard): Promise<void> {
  const state = advance(MessageState.parse(was.state), heard.state);
  await changeMessage(tx, ctx, { was, change: { state }, stateAt: heard.at });
}
