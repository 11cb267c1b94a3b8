import { AppError } from "@tongdai/shared";
import { z } from "zod";
import type { AccountCheck } from "../channel.ts";
import { Text, VendorId } from "../kit/values.ts";
import type { Api } from "./api.ts";
import type { ZaloConfig } from "./config.ts";
import { accountState, refusal } from "./errors.ts";

const Told = z.object({ oa_id: VendorId, name: Text.nullish().catch(null) });

/**
 * Whether the token lives and belongs to the account. Whether events are delivered to us cannot be asked: silence shows it.
 * Source: Zalo for Developers, "Get Official Account information".
 * @throws AppError `unavailable` or `channel_refused` for trouble that says nothing about the account
 */
export async function checkAccount(api: Api, config: ZaloConfig, signal: AbortSignal): Promise<AccountCheck> {
  const answer = await api({ method: "GET", path: "/v2.0/oa/getoa" }, signal);
  if (answer.kind !== "ok") {
    const state = accountState(answer);
    if (state === null) throw refusal(answer);
    return { state, name: null, detail: answer.detail };
  }
  const told = Told.safeParse(answer.data);
  if (!told.success) throw new AppError("unavailable", "Zalo's answer has an unknown shape");
  const name = told.data.name ?? null;
  if (told.data.oa_id === config.oaId) return { state: "ok", name, detail: null };
  return { state: "login_needed", name, detail: `the token belongs to account ${told.data.oa_id}` };
}
