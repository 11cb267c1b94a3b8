import { AppError, type Clock } from "@tongdai/shared";
import type { Credentials } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { credentialOf, keepCredential, leaseCredential } from "../../store/credentials.ts";

/** Longer than a vendor is given to answer: whoever holds it longer has died. */
const LEASE_MS = 60_000;
const LOOK_MS = 200;
/** Longer than a vendor takes, and short enough for what is to leave with it goes back to the queue, not known to nobody. */
const PATIENCE_MS = 22_000;

/**
 * What the vendor of one account renews. One process asks at a time, under a lease, because what is renewed often dies with
 * the asking; no transaction is open while the vendor answers. A process that dies between the answer and its commit loses
 * what it got: the next one asks with what is kept, and the vendor's no tells that somebody must connect again.
 */
export function credentialsOf(ctx: Ctx, accountId: string): Credentials {
  let underWay: Promise<string> | null = null;
  return {
    async read() {
      const row = await credentialOf(ctx.store, accountId);
      return opened(ctx, row?.sealed ?? null);
    },
    replace(stale, renew) {
      underWay ??= replaceOnce(ctx, accountId, stale, renew).finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}

/** An account that is not stored yet has nothing to renew. */
export const noCredentials: Credentials = {
  read: async () => null,
  replace: async () => {
    throw new AppError("unavailable", "the account is not stored yet");
  },
};

async function replaceOnce(
  ctx: Ctx,
  accountId: string,
  stale: string | null,
  renew: (stale: string | null) => Promise<string>,
): Promise<string> {
  const until = ctx.clock.elapsed() + PATIENCE_MS;
  for (;;) {
    const was = (await credentialOf(ctx.store, accountId))?.sealed ?? null;
    const kept = opened(ctx, was);
    if (kept !== stale && kept !== null) return kept;
    const now = ctx.clock.now();
    const isOurs = await ctx.store.write((tx) =>
      leaseCredential(tx, { accountId, was, now, until: now + LEASE_MS }),
    );
    if (isOurs) return renewLeased(ctx, { accountId, was, stale, renew });
    if (ctx.clock.elapsed() >= until) throw new AppError("unavailable", "another process is asking for it");
    await pause(ctx.clock, LOOK_MS);
  }
}

async function renewLeased(
  ctx: Ctx,
  o: {
    accountId: string;
    was: string | null;
    stale: string | null;
    renew: (stale: string | null) => Promise<string>;
  },
): Promise<string> {
  const { accountId, was } = o;
  const keep = (sealed: string | null) =>
    ctx.store.write((tx) => keepCredential(tx, { accountId, was, sealed }));
  const kept = async () => opened(ctx, (await credentialOf(ctx.store, accountId))?.sealed ?? null);
  let fresh: string;
  try {
    fresh = await o.renew(o.stale);
  } catch (error) {
    // The no was to what somebody has replaced meanwhile: it says nothing of what is kept now.
    const other = (await keep(was)) ? null : await kept();
    if (other === null) throw error;
    return other;
  }
  if (await keep(ctx.secrets.seal(fresh))) return fresh;
  const other = await kept();
  if (other === null) throw new AppError("unavailable", "the account was removed meanwhile");
  return other;
}

const opened = (ctx: Ctx, sealed: string | null): string | null =>
  sealed === null ? null : ctx.secrets.open(sealed);

const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });
