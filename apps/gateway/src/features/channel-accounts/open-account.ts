import { ChannelId } from "@tongdai/shared";
import type { Account } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";

interface Opened {
  readonly sealed: string;
  readonly account: Account;
}

const caches = new WeakMap<Ctx["store"], Map<string, Opened>>();

/** The account ready to use. Opened anew whenever its stored configuration is another one. */
export function openAccount(ctx: Ctx, row: Pick<ChannelAccountRow, "id" | "channel" | "config">): Account {
  const cache = cacheOf(ctx);
  const known = cache.get(row.id);
  if (known?.sealed === row.config) return known.account;
  const account = openConfig(ctx, row.channel, JSON.parse(ctx.secrets.open(row.config)));
  cache.set(row.id, { sealed: row.config, account });
  return account;
}

/** Throws `invalid_input` whose details name the fields that are missing or wrong. */
export const openConfig = (ctx: Ctx, channel: string, config: unknown): Account =>
  ctx.channels.get(ChannelId.parse(channel)).open(config, { fetch: ctx.fetch, clock: ctx.clock });

function cacheOf(ctx: Ctx): Map<string, Opened> {
  let cache = caches.get(ctx.store);
  if (!cache) {
    cache = new Map();
    caches.set(ctx.store, cache);
  }
  return cache;
}
