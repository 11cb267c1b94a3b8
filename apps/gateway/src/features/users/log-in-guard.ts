import { AppError } from "@tongdai/shared";
import { type RateLimiterAbstract, RateLimiterMemory } from "rate-limiter-flexible";
import type { Ctx } from "../../context.ts";
import { networkOf } from "./network-of.ts";

/** Only failures count: a whole office logs in from one address at eight in the morning. */
const PER_ADDRESS = { points: 5, duration: 20 };
const PER_ACCOUNT = { points: 20, duration: 300 };

interface Guard {
  readonly addresses: RateLimiterAbstract;
  readonly accounts: RateLimiterAbstract;
}

const guards = new WeakMap<Ctx["store"], Guard>();

/** The limits of one running gateway. */
function guardOf(ctx: Ctx): Guard {
  const known = guards.get(ctx.store);
  if (known) return known;
  const made = {
    addresses: new RateLimiterMemory({ keyPrefix: "address", ...PER_ADDRESS }),
    accounts: new RateLimiterMemory({ keyPrefix: "account", ...PER_ACCOUNT }),
  };
  guards.set(ctx.store, made);
  return made;
}

export interface Attempt {
  readonly address: string;
  readonly account: string;
}

/** Throws `rate_limited` after too many failures from this address or for this account. */
export async function assertMayTry(ctx: Ctx, attempt: Attempt): Promise<void> {
  const guard = guardOf(ctx);
  await assertBelow(guard.addresses, networkOf(attempt.address), PER_ADDRESS.points);
  await assertBelow(guard.accounts, attempt.account, PER_ACCOUNT.points);
}

export async function countFailure(ctx: Ctx, attempt: Attempt): Promise<void> {
  const guard = guardOf(ctx);
  await guard.addresses.penalty(networkOf(attempt.address));
  await guard.accounts.penalty(attempt.account);
}

async function assertBelow(limiter: RateLimiterAbstract, key: string, points: number): Promise<void> {
  const used = await limiter.get(key);
  if (used === null || used.consumedPoints < points) return;
  throw new AppError("rate_limited", "too many failed log-ins", {
    retryAfterSeconds: Math.max(1, Math.ceil(used.msBeforeNext / 1_000)),
  });
}
