import { AppError, type CommandOutput } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { openAccount } from "./open-account.ts";

/** What is to be pasted in the vendor's console. Throws `not_found`. */
export async function tellSetup(
  ctx: Ctx,
  accountId: string | null,
): Promise<CommandOutput<"channel_account.setup">> {
  const publicUrl = ctx.config.publicUrl?.replace(/\/+$/, "") ?? null;
  if (accountId === null) return { publicUrl, webhook: null };
  const row = await accountById(ctx.store, accountId);
  if (!row) throw new AppError("not_found", "no such account");
  const path = `/webhooks/${row.channel}/${encodeURIComponent(row.webhook_key)}`;
  return { publicUrl, webhook: { path, verifyToken: openAccount(ctx, row).verifyToken } };
}
