import { AppError, ChannelId, type CommandParsed, readAddress } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import type { ConversationView } from "../../store/conversations.ts";
import { identityByExternalId, identityById, optedOutAt } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import type { ChannelAccountRow, IdentityRow } from "../../store/schema.ts";
import { maySee } from "../access.ts";
import { customerSeenBy } from "../customers/index.ts";
import { obstacleOf, type WayBy, wayBy } from "./ways.ts";

type Input = CommandParsed<"conversation.begin">;

interface Asked {
  readonly caller: Caller;
  readonly input: Input;
  /** `null`: nobody has written before, or it does not matter. */
  readonly from: ConversationView | null;
}

export interface Recipient {
  readonly way: WayBy;
  readonly externalId: string;
  /** A thread of its own begins, whatever others there are. */
  readonly isThread: boolean;
}

/**
 * Whom a conversation is begun with. Throws `not_found` for an account or a customer that the caller does not see,
 * `invalid_input` for what is no address of that channel, and for a letter without a subject.
 */
export async function recipientOf(tx: Tx, ctx: Ctx, o: Asked): Promise<Recipient> {
  const { input, caller } = o;
  if ("identityId" in input) return known(tx, ctx, o, await identitySeen(tx, o));
  const account = await accountById(tx, input.accountId);
  if (!account || !maySee(caller, { queue_id: account.queue_id, owner_id: null }))
    throw new AppError("not_found", "no such account", { field: "accountId" });
  const externalId = addressOn(ctx, account, input.address);
  const identity = await identityByExternalId(tx, account.id, externalId);
  return identity ? known(tx, ctx, o, identity) : unknown(tx, ctx, o, { account, externalId });
}

async function identitySeen(tx: Tx, { input, caller, from }: Asked): Promise<IdentityRow> {
  const identity = "identityId" in input ? await identityById(tx, input.identityId) : undefined;
  const card = identity && (await customerSeenBy(tx, caller, from?.customer_id ?? identity.customer_id));
  if (!identity || identity.customer_id !== card?.id)
    throw new AppError("not_found", "no such address of this customer");
  return identity;
}

/** @returns the address as the channel writes it. Throws `invalid_input` for what is none. */
export function addressOn(ctx: Ctx, account: ChannelAccountRow, typed: string): string {
  const { address } = ctx.channels.get(ChannelId.parse(account.channel)).capabilities;
  const read = address && readAddress(address, typed);
  if (!read) throw new AppError("invalid_input", "no address of this channel", { field: "address" });
  return read;
}

async function known(tx: Tx, ctx: Ctx, o: Asked, identity: IdentityRow): Promise<Recipient> {
  const way = await wayBy(tx, ctx, o.caller, identity);
  const externalId = identity.external_id;
  if (isThread(way, o)) {
    const { capabilities, account } = way;
    const obstacle =
      way.obstacle === "opted_out"
        ? way.obstacle
        : obstacleOf(ctx, o.caller, { capabilities, account, view: undefined });
    return { way: { ...way, view: undefined, obstacle }, externalId, isThread: true };
  }
  // Somebody else's, in a queue where the caller has no business.
  const isForeign = way.view !== undefined && !maySee(o.caller, way.view);
  return { way: isForeign ? { ...way, obstacle: "taken" } : way, externalId, isThread: false };
}

async function unknown(
  tx: Tx,
  ctx: Ctx,
  o: Asked,
  { account, externalId }: { account: ChannelAccountRow; externalId: string },
): Promise<Recipient> {
  const { capabilities } = ctx.channels.get(ChannelId.parse(account.channel));
  const facts = { capabilities, account, view: undefined };
  const isOut = (await optedOutAt(tx, account.channel, externalId)) !== null;
  const way: WayBy = { ...facts, obstacle: isOut ? "opted_out" : obstacleOf(ctx, o.caller, facts) };
  return { way, externalId, isThread: isThread(way, o) };
}

/** Who answers by letter goes on in the newest thread; who writes first says what about. */
function isThread({ capabilities }: WayBy, { input, from }: Asked): boolean {
  if (!capabilities.letters || (from && input.subject.trim() === "")) return false;
  if (input.subject.trim() === "")
    throw new AppError("invalid_input", "a letter has a subject", { field: "subject" });
  return true;
}
