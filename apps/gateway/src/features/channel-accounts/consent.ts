import { AppError, type ChannelAccount, type ChannelId } from "@tongdai/shared";
import type { Consent } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { randomToken, sha256Hex } from "../../secrets.ts";
import { accountById, holdAccount, updateAccount } from "../../store/accounts.ts";
import { insertConsent, takeConsent } from "../../store/consents.ts";
import { setCredential } from "../../store/credentials.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { type Actor, audit } from "../audit/index.ts";
import { accountChanged } from "./health.ts";
import { openAccount } from "./open-account.ts";
import { toAccount } from "./present.ts";
import { watchSoon } from "./watch-account.ts";

/** As long as somebody needs to log in at the vendor; its own code lives for ten minutes of it. */
const LIVES_MS = 15 * 60_000;

/**
 * Where the account's owner gives us permission. Whoever comes back must bring the word that only this link carries; it is
 * good for one answer. Throws `conflict` where the vendor could not send anybody back, and for an account that is off.
 */
export async function beginConsent(ctx: Ctx, by: Actor, accountId: string): Promise<{ url: string }> {
  const row = await accountById(ctx.store, accountId);
  if (!row) throw new AppError("not_found", "no such account");
  if (row.enabled === 0)
    throw new AppError("conflict", "the account is switched off", { reason: "switched_off" });
  const consent = consentFor(ctx, row);
  const redirectUri = redirectUriOf(ctx, row.channel);
  const [state, verifier] = [randomToken(), randomToken()];
  const url = consent.url({ redirectUri, verifier, state });
  const now = ctx.clock.now();
  await ctx.store.write(async (tx) => {
    const attempt = {
      state_hash: sha256Hex(state),
      account_id: accountId,
      user_id: by.userId,
      session_id: by.sessionId,
      verifier: ctx.secrets.seal(verifier),
      expires_at: now + LIVES_MS,
    };
    await insertConsent(tx, attempt, now);
    await audit(tx, ctx, { by, action: "channel_account.connect_began", target: accountId });
  });
  return { url };
}

/**
 * The owner's browser is back. The attempt is used up first: should we die before the vendor's answer is kept, somebody
 * begins again. Throws `not_found` for an attempt that is unknown, used or over, and what the channel's `redeem` throws.
 */
export async function finishConsent(
  ctx: Ctx,
  channel: ChannelId,
  query: URLSearchParams,
): Promise<ChannelAccount> {
  const attempt = await ctx.store.write((tx) => takeConsent(tx, sha256Hex(query.get("state") ?? "")));
  const row = attempt && (await accountById(ctx.store, attempt.account_id));
  if (!row || row.channel !== channel || attempt.expires_at <= ctx.clock.now())
    throw new AppError("not_found", "no such attempt");
  const fresh = await consentFor(ctx, row).redeem(query, {
    redirectUri: redirectUriOf(ctx, row.channel),
    verifier: ctx.secrets.open(attempt.verifier),
  });
  return ctx.store.write(async (tx) => {
    await setCredential(tx, row.id, ctx.secrets.seal(fresh));
    const by = { userId: attempt.user_id, sessionId: attempt.session_id };
    await audit(tx, ctx, { by, action: "channel_account.connected", target: row.id });
    const held = await holdAccount(tx, row.id);
    if (!held) throw new AppError("not_found", "no such account");
    // Whoever waits for this is told also where the account was well before: it is since now.
    const well = {
      health: held.enabled === 1 ? "ok" : "off",
      health_since: ctx.clock.now(),
      last_error: null,
    };
    await updateAccount(tx, row.id, well);
    await accountChanged(tx, ctx, { row: { ...held, ...well }, actorId: attempt.user_id });
    await watchSoon(tx, ctx, row.id);
    return toAccount({ ...held, ...well });
  });
}

function consentFor(ctx: Ctx, row: ChannelAccountRow): Consent {
  const { consent } = openAccount(ctx, row);
  if (!consent) throw new AppError("invalid_input", "this channel asks nobody for permission");
  return consent;
}

/** Stands in the vendor's console too, letter by letter. */
function redirectUriOf(ctx: Ctx, channel: string): string {
  const { publicUrl } = ctx.config;
  if (publicUrl === null)
    throw new AppError("conflict", "TONGDAI_PUBLIC_URL is not set", { reason: "no_public_url" });
  return `${publicUrl.replace(/\/+$/, "")}/connect/${channel}`;
}
