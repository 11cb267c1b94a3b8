import { type Capabilities, ChannelId, maskText, type Way, type WayObstacle } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { type ConversationView, newestConversationOf } from "../../store/conversations.ts";
import { identitiesOf } from "../../store/customers.ts";
import type { Queryable } from "../../store/index.ts";
import type { ChannelAccountRow, IdentityRow } from "../../store/schema.ts";
import { may } from "../access.ts";
import { customerSeenBy } from "../customers/index.ts";
import { windowOf } from "./window.ts";

/** Nothing leaves such an account until somebody acts. */
const PAUSED: ReadonlySet<string> = new Set(["login_needed", "restricted", "disabled"]);

/** A customer's addresses, those that may be used now first, each other one with what is in its way. */
export async function waysTo(ctx: Ctx, caller: Caller, customerId: string): Promise<Way[]> {
  const card = await customerSeenBy(ctx.store, caller, customerId);
  const ways: Way[] = [];
  for (const identity of await identitiesOf(ctx.store, [card.id])) {
    const { capabilities, obstacle } = await wayBy(ctx.store, ctx, caller, identity);
    ways.push({
      identityId: identity.id,
      channel: ChannelId.parse(identity.channel),
      accountId: identity.account_id,
      address: maskText(capabilities.address === null ? identity.display_name : identity.external_id),
      obstacle,
    });
  }
  return ways.sort((a, b) => Number(a.obstacle !== null) - Number(b.obstacle !== null));
}

export interface WayBy {
  readonly capabilities: Capabilities;
  readonly account: ChannelAccountRow | undefined;
  /** The newest of its threads; `undefined`: nobody has written there yet. */
  readonly view: ConversationView | undefined;
  readonly obstacle: WayObstacle | null;
}

/** Whether the caller may write to an address now. */
export async function wayBy(q: Queryable, ctx: Ctx, caller: Caller, identity: IdentityRow): Promise<WayBy> {
  const { capabilities } = ctx.channels.get(ChannelId.parse(identity.channel));
  const account = await accountById(q, identity.account_id);
  const view = await newestConversationOf(q, identity.id);
  const facts = { capabilities, account, view };
  const isOut = identity.opted_out_at !== null;
  return { ...facts, obstacle: isOut ? "opted_out" : obstacleOf(ctx, caller, facts) };
}

/** Whether the caller may write by an account, in a conversation or to begin one. */
export function obstacleOf(
  ctx: Ctx,
  caller: Caller,
  { capabilities, account, view }: Omit<WayBy, "obstacle">,
): WayObstacle | null {
  if (account?.enabled !== 1) return "channel_off";
  if (PAUSED.has(account.health)) return "channel_paused";
  if (!view || view.last_inbound_at === null) {
    if (!capabilities.begins) return "unopened";
  } else if (windowOf(ctx, view, capabilities).state === "closed") return "window_closed";
  const mayTake = may(caller, "interactions.assign");
  if (view?.i_owner_id && view.i_owner_id !== caller.userId && !mayTake) return "taken";
  return null;
}
