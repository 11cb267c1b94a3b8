import {
  AppError,
  ChannelId,
  type CommandOutput,
  type CommandParsed,
  type MessageTemplate,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { conversationById } from "../../store/conversations.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { withTimeout } from "../../with-timeout.ts";
import { seeConversation } from "../access.ts";
import { openAccount } from "../channel-accounts/index.ts";
import { templateAccount } from "./template-account.ts";

/** Vendors approve and withdraw templates by hand: what they told lately is good enough to show, and sending asks them anyway. */
const FRESH_MS = 15 * 60_000;
const WITHIN_MS = 20_000;

interface Told {
  readonly templates: readonly MessageTemplate[];
  readonly fetchedAt: number;
  /** As it was sealed when they were asked: another configuration may be another account. */
  readonly config: string;
}

interface Cache {
  readonly told: Map<string, Told>;
  readonly underWay: Map<string, Promise<Told>>;
}

const caches = new WeakMap<Ctx["store"], Cache>();

/** See `template.list` in the contract. */
export async function listTemplates(
  ctx: Ctx,
  caller: Caller,
  { conversationId, accountId, refresh }: CommandParsed<"template.list">,
): Promise<CommandOutput<"template.list">> {
  const view = seeConversation(caller, await conversationById(ctx.store, conversationId));
  const account = await templateAccount(ctx.store, ctx, caller, { view, accountId });
  const { templates, fetchedAt } = await templatesOf(ctx, account.id, { refresh });
  return { templates: [...templates], fetchedAt };
}

/**
 * The account's templates as the vendor told them lately; what is older is given where the vendor does not answer, unless it was to
 * be asked. Throws `invalid_input` where the channel has none, and what the channel throws.
 */
export async function templatesOf(
  ctx: Ctx,
  accountId: string,
  { refresh }: { refresh: boolean },
): Promise<Told> {
  const account = await accountById(ctx.store, accountId);
  if (!account || !ctx.channels.get(ChannelId.parse(account.channel)).capabilities.templates)
    throw new AppError("invalid_input", "this channel has no templates", { field: "conversationId" });
  const cache = cacheOf(ctx);
  const known = cache.told.get(account.id);
  const usable = known?.config === account.config ? known : null;
  if (usable && !refresh && ctx.clock.now() - usable.fetchedAt < FRESH_MS) return usable;
  try {
    return await fetchOnce(ctx, cache, account);
  } catch (error) {
    if (usable && !refresh && error instanceof AppError) return usable;
    throw error;
  }
}

function fetchOnce(ctx: Ctx, cache: Cache, account: ChannelAccountRow): Promise<Told> {
  const { id, config } = account;
  const underWay = cache.underWay.get(id);
  if (underWay) return underWay;
  const asking = fetchTemplates(ctx, account)
    .then((templates) => {
      const told = { templates, fetchedAt: ctx.clock.now(), config };
      cache.told.set(id, told);
      return told;
    })
    .finally(() => cache.underWay.delete(id));
  cache.underWay.set(id, asking);
  return asking;
}

async function fetchTemplates(ctx: Ctx, row: ChannelAccountRow): Promise<MessageTemplate[]> {
  if (row.enabled === 0) throw new AppError("channel_paused", "the channel is switched off");
  const { templates } = openAccount(ctx, row);
  if (!templates) return [];
  return withTimeout(ctx.clock, WITHIN_MS, (signal) => templates.list(signal));
}

function cacheOf(ctx: Ctx): Cache {
  const known = caches.get(ctx.store);
  if (known) return known;
  const cache: Cache = { told: new Map(), underWay: new Map() };
  caches.set(ctx.store, cache);
  return cache;
}
