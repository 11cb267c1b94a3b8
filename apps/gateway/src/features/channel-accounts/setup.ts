import { type AccountField, AppError, ChannelId, type CommandOutput } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { openAccount } from "./open-account.ts";
import { storedConfig } from "./stored-config.ts";

/** What is to be pasted in the vendor's console, and what the form may show of what is stored. Throws `not_found`. */
export async function tellSetup(
  ctx: Ctx,
  accountId: string | null,
): Promise<CommandOutput<"channel_account.setup">> {
  const publicUrl = ctx.config.publicUrl?.replace(/\/+$/, "") ?? null;
  if (accountId === null) return { publicUrl, webhook: null, values: {} };
  const row = await accountById(ctx.store, accountId);
  if (!row) throw new AppError("not_found", "no such account");
  const path = `/webhooks/${row.channel}/${encodeURIComponent(row.webhook_key)}`;
  const { fields } = ctx.channels.get(ChannelId.parse(row.channel)).setup;
  const values = shown(fields, storedConfig(ctx, row));
  return { publicUrl, webhook: { path, verifyToken: openAccount(ctx, row).verifyToken }, values };
}

const SHOWN: ReadonlySet<AccountField["kind"]> = new Set(["text", "flag", "choice"]);

const shown = (
  fields: readonly AccountField[],
  config: Readonly<Record<string, unknown>>,
): Record<string, string> =>
  Object.fromEntries(
    fields
      .filter(({ name, kind }) => SHOWN.has(kind) && config[name] !== undefined)
      .map(({ name }) => [name, String(config[name])]),
  );
