import { type AccountFact, AppError, type Clock } from "@tongdai/shared";
import { z } from "zod";
import type { AccountCheck } from "../channel.ts";
import { Text, VendorId } from "../kit/values.ts";
import type { Api } from "./api.ts";
import type { ZaloConfig } from "./config.ts";
import { accountState, refusal } from "./errors.ts";
import type { TokenSource } from "./tokens.ts";

const Told = z.object({ oa_id: VendorId, name: Text.nullish().catch(null) });

interface Asking {
  readonly api: Api;
  readonly config: ZaloConfig;
  readonly tokens: Pick<TokenSource, "endsAt">;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Whether the token lives and belongs to the account. Whether events are delivered to us cannot be asked: silence shows it.
 * Source: Zalo for Developers, "Get Official Account information".
 * @throws AppError `unavailable` or `channel_refused` for trouble that says nothing about the account
 */
export async function checkAccount(
  { api, config, tokens, clock }: Asking,
  signal: AbortSignal,
): Promise<AccountCheck> {
  const answer = await api({ method: "GET", path: "/v2.0/oa/getoa" }, signal);
  if (answer.kind !== "ok") {
    const state = accountState(answer);
    if (state === null) throw refusal(answer);
    return { state, name: null, detail: answer.detail };
  }
  const told = Told.safeParse(answer.data);
  if (!told.success) throw new AppError("unavailable", "Zalo's answer has an unknown shape");
  const name = told.data.name ?? null;
  if (told.data.oa_id === config.oaId) {
    const endsAt = await tokens.endsAt();
    const facts: AccountFact[] = endsAt === null ? [] : [{ kind: "expiry", at: endsAt, renews: true }];
    return {
      state: "ok",
      name,
      detail: null,
      facts: [...facts, ...(await quotaFacts(api, clock.now(), signal))],
    };
  }
  return { state: "login_needed", name, detail: `the token belongs to account ${told.data.oa_id}` };
}

const Count = z.coerce.number().int().nonnegative();
const Quota = z.object({ dailyQuota: Count.pipe(z.number().positive()), remainingQuota: Count });

/**
 * How many templates may still go today: `GET /message/quota`. An account without templates is refused, which says nothing more
 * about it. Source: Zalo for Developers, "ZNS: quota".
 */
async function quotaFacts(api: Api, now: number, signal: AbortSignal): Promise<AccountFact[]> {
  const answer = await api({ method: "GET", door: "business", path: "/message/quota" }, signal);
  const told = answer.kind === "ok" ? Quota.safeParse(answer.data).data : undefined;
  if (!told) return [];
  const { dailyQuota: total, remainingQuota: left } = told;
  return [{ kind: "quota", of: "templates", left, total, resetsAt: nextMidnight(now) }];
}

const DAY_MS = 24 * 60 * 60_000;
/** Vietnam is seven hours ahead, all year. */
const AHEAD_MS = 7 * 60 * 60_000;

const nextMidnight = (now: number): number => (Math.floor((now + AHEAD_MS) / DAY_MS) + 1) * DAY_MS - AHEAD_MS;
