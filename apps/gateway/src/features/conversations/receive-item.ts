import { HealthState } from "@tongdai/shared";
import type { ParsedItem } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { conversationOfIdentity } from "../../store/conversations.ts";
import { accountByExternalId, heardFrom } from "../../store/inbound.ts";
import type { Tx } from "../../store/index.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { roomsOf } from "../access.ts";
import { setHealth } from "../channel-accounts/index.ts";
import type { Inbound } from "./inbound-context.ts";
import { receiveEdited, receiveMarked, receiveReaction, receiveRemoved } from "./receive-change.ts";
import { receiveEcho } from "./receive-echo.ts";
import { receiveMessage } from "./receive-message.ts";
import { receiveNotice } from "./receive-notice.ts";
import { receivePart } from "./receive-part.ts";
import { receivePost } from "./receive-post.ts";
import { receiveReceipt, receiveUndelivered } from "./receive-receipt.ts";

/** Writing the account's row for every message would make it the one row that all writers fight over. */
const HEARD_EVERY_MS = 60_000;

export interface ReceivedItem {
  readonly channel: string;
  /** Of the vendor app whose signature was good: it speaks for its own accounts only. */
  readonly webhookKey: string;
  readonly item: ParsedItem;
  readonly receivedAt: number;
}

/** Applies one parsed item. Repeating it changes nothing. Items for accounts that we do not have are left alone. */
export async function receiveItem(tx: Tx, ctx: Ctx, o: ReceivedItem): Promise<void> {
  const account = await accountByExternalId(tx, o.channel, o.item.accountExternalId);
  if (account?.webhook_key !== o.webhookKey) return;
  if (o.receivedAt - (account.last_inbound_at ?? 0) > HEARD_EVERY_MS)
    await hear(tx, ctx, account, o.receivedAt);
  await apply(tx, ctx, { account, item: o.item, receivedAt: o.receivedAt });
}

async function hear(tx: Tx, ctx: Ctx, account: ChannelAccountRow, at: number): Promise<void> {
  await heardFrom(tx, account.id, at);
  if (account.health === "silent" || account.health === "disabled")
    await setHealth(tx, ctx, { accountId: account.id, state: "ok", error: null });
}

function apply(
  tx: Tx,
  ctx: Ctx,
  o: { account: ChannelAccountRow; item: ParsedItem; receivedAt: number },
): Promise<void> {
  const { event } = o.item;
  switch (event.kind) {
    case "message":
      return receiveMessage(tx, ctx, { ...o, event });
    case "message_part":
      return receivePart(tx, ctx, { ...o, event });
    case "echo":
      return receiveEcho(tx, ctx, { ...o, event });
    case "delivered":
    case "read":
      return receiveReceipt(tx, ctx, { ...o, event });
    case "undelivered":
      return receiveUndelivered(tx, ctx, { ...o, event });
    case "reaction":
      return receiveReaction(tx, ctx, { ...o, event });
    case "edited":
      return receiveEdited(tx, ctx, { ...o, event });
    case "removed":
      return receiveRemoved(tx, ctx, { ...o, event });
    case "marked":
      return receiveMarked(tx, ctx, { ...o, event });
    case "post":
      return receivePost(tx, ctx, { ...o, event });
    case "notice":
      return receiveNotice(tx, ctx, { ...o, event });
    case "typing":
      return receiveTyping(tx, ctx, { ...o, event });
    case "account":
      return receiveAccount(tx, ctx, { ...o, event });
    case "unsupported":
      return receiveUnread(tx, ctx, { ...o, event });
  }
}

async function receiveTyping(tx: Tx, ctx: Ctx, in_: Inbound<"typing">): Promise<void> {
  const view = await conversationOfIdentity(tx, in_.account.id, in_.event.from);
  if (view) ctx.ephemeral.typing(roomsOf(view), { conversationId: view.id, userId: null, on: in_.event.on });
}

/** The account is as well as it was, and says what could not be read until somebody checks it. */
async function receiveUnread(tx: Tx, ctx: Ctx, { account, event }: Inbound<"unsupported">): Promise<void> {
  if (!event.isLoss || account.last_error !== null) return;
  await setHealth(tx, ctx, {
    accountId: account.id,
    state: HealthState.parse(account.health),
    error: event.why,
  });
}

/** A vendor that lifts its restriction says nothing of any other trouble. */
async function receiveAccount(tx: Tx, ctx: Ctx, in_: Inbound<"account">): Promise<void> {
  const { account, event } = in_;
  if (event.health === null || (event.health === "ok" && account.health !== "restricted")) return;
  const error = event.health === "ok" ? null : event.name;
  await setHealth(tx, ctx, { accountId: account.id, state: event.health, error });
}
