import { AppError, ChannelId } from "@tongdai/shared";
import type { Account, Credentials } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { accountsByWebhookKey } from "../../store/accounts.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { credentialsOf } from "./credentials.ts";

interface Opened {
  readonly sealed: string;
  readonly account: Account;
}

interface Cache {
  readonly byId: Map<string, Opened>;
  readonly byAddress: Map<string, readonly Account[]>;
  /** How often an account has changed since we began to listen. */
  changes: number;
}

const caches = new WeakMap<Ctx["store"], Cache>();

/**
 * The accounts that share a webhook address, kept until an account changes: vendors knock thousands of times for each
 * change, and a look beside the writer costs more than the signature.
 */
export async function accountsAt(
  ctx: Ctx,
  channel: ChannelId,
  webhookKey: string,
): Promise<readonly Account[]> {
  const cache = cacheOf(ctx);
  const address = `${channel} ${webhookKey}`;
  const known = cache.byAddress.get(address);
  if (known) return known;
  const { changes } = cache;
  const rows = await accountsByWebhookKey(ctx.store, channel, webhookKey);
  const accounts = rows.map((row) => openAccount(ctx, row));
  // Strangers may ask for any address, so only those that exist are kept; and what changed meanwhile is read again.
  if (accounts.length > 0 && cache.changes === changes) cache.byAddress.set(address, accounts);
  return accounts;
}

/**
 * The account ready to use. Opened anew whenever its stored configuration is another one. Throws `channel_paused` when that
 * cannot be opened: the key is lost, or it was stored for another version.
 */
export function openAccount(ctx: Ctx, row: Pick<ChannelAccountRow, "id" | "channel" | "config">): Account {
  const { byId: cache } = cacheOf(ctx);
  const known = cache.get(row.id);
  if (known?.sealed === row.config) return known.account;
  const account = openStored(ctx, row);
  cache.set(row.id, { sealed: row.config, account });
  return account;
}

function openStored(ctx: Ctx, row: Pick<ChannelAccountRow, "id" | "channel" | "config">): Account {
  try {
    const config: unknown = JSON.parse(ctx.secrets.open(row.config));
    return openConfig(ctx, { channel: row.channel, config, credentials: credentialsOf(ctx, row.id) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new AppError("channel_paused", message, { state: "login_needed" });
  }
}

/** Throws `invalid_input` whose details name the fields that are missing or wrong. */
export const openConfig = (
  ctx: Ctx,
  o: { readonly channel: string; readonly config: unknown; readonly credentials: Credentials },
): Account =>
  ctx.channels.get(ChannelId.parse(o.channel)).open(o.config, {
    fetch: ctx.fetch,
    clock: ctx.clock,
    credentials: o.credentials,
    publicUrl: ctx.config.publicUrl,
    keyFor: (purpose) => ctx.secrets.derive(purpose),
  });

function cacheOf(ctx: Ctx): Cache {
  const known = caches.get(ctx.store);
  if (known) return known;
  const cache: Cache = { byId: new Map(), byAddress: new Map(), changes: 0 };
  caches.set(ctx.store, cache);
  ctx.store.follow((entries) => {
    if (!entries.some((e) => e.name === "channel_account.changed")) return;
    cache.changes++;
    cache.byAddress.clear();
  });
  return cache;
}
