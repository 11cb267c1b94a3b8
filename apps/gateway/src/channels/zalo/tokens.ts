import { AppError, type Clock } from "@tongdai/shared";
import { z } from "zod";
import type { Credentials } from "../channel.ts";
import type { ZaloConfig } from "./config.ts";
import { type Grant, grantByRefresh } from "./oauth.ts";

/** How the tokens are kept. */
export const Tokens = z.strictObject({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Epoch milliseconds. */
  expiresAt: z.number(),
  /** Epoch milliseconds; absent: kept before it was noted. */
  refreshUntil: z.number().optional(),
  /** The first refresh token of this chain where it was pasted: another one in the configuration begins a new chain. */
  pasted: z.string().nullable(),
});
export type Tokens = z.infer<typeof Tokens>;

/** "Three months": the shortest three of a year. Source: Zalo for Developers, "OAuth v4". */
const REFRESH_LIVES_MS = 89 * 24 * 60 * 60_000;

/** The vendor's tokens live 25 hours; whoever renews at 20 has five to be heard by the vendor in. */
const RENEW_BEFORE_MS = 5 * 60 * 60_000;

interface Deps {
  readonly credentials: Credentials;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

export interface TokenSource {
  /** A token that should be good. @throws AppError `channel_paused`, `unavailable` */
  current(): Promise<string>;
  /** Another token than this one, which the vendor has refused. Throws as `current`. */
  instead(refused: string): Promise<string>;
  /** When what renews them ends, in epoch milliseconds; `null`: nobody knows. */
  endsAt(): Promise<number | null>;
}

export const keep = (grant: Grant, o: { readonly now: number; readonly pasted: string | null }): string =>
  JSON.stringify({
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAt: o.now + grant.livesMs,
    refreshUntil: o.now + REFRESH_LIVES_MS,
    pasted: o.pasted,
  } satisfies Tokens);

/** The account's access token, renewed before it ends and when the vendor refuses it. */
export function tokenSource(config: ZaloConfig, { credentials, fetch: send, clock }: Deps): TokenSource {
  const pasted = config.refreshToken ?? null;
  let known: string | null = null;

  const read = (kept: string): Tokens => Tokens.parse(JSON.parse(kept));

  /** Another pasted token than the one that the kept ones began with. */
  const beginsAnew = (kept: string | null): boolean =>
    pasted !== null && (kept === null || read(kept).pasted !== pasted);

  async function renew(stale: string | null): Promise<Tokens> {
    known = await credentials.replace(stale, async (kept) => {
      const anew = beginsAnew(kept);
      const last = kept === null ? null : read(kept);
      const use = anew ? pasted : last?.refreshToken;
      if (!use) throw notConnected();
      const grant = await grantByRefresh({ config, fetch: send }, use);
      return keep(grant, { now: clock.now(), pasted: anew ? pasted : (last?.pasted ?? null) });
    });
    return read(known);
  }

  async function tokens(): Promise<Tokens> {
    known ??= await credentials.read();
    return known === null || beginsAnew(known) ? renew(known) : read(known);
  }

  return {
    async current() {
      const now = clock.now();
      let held = await tokens();
      if (held.expiresAt - now > RENEW_BEFORE_MS) return held.accessToken;
      // Another process may have renewed it meanwhile.
      known = null;
      held = await tokens();
      if (held.expiresAt - now > RENEW_BEFORE_MS) return held.accessToken;
      try {
        return (await renew(known)).accessToken;
      } catch (error) {
        // It is good for some hours yet, and the next one who asks tries again.
        if (held.expiresAt > now && error instanceof AppError && error.code === "unavailable")
          return held.accessToken;
        throw error;
      }
    },
    async endsAt() {
      const kept = await credentials.read();
      return (kept === null ? null : read(kept).refreshUntil) ?? null;
    },
    async instead(refused) {
      known = await credentials.read();
      const held = await tokens();
      return held.accessToken === refused ? (await renew(known)).accessToken : held.accessToken;
    },
  };
}

const notConnected = (): AppError =>
  new AppError("channel_paused", "nobody has given this app permission for the account yet", {
    state: "login_needed",
  });
