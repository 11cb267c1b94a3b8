import { type AccountField, AppError, type ChannelId, commands } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import type { Actor } from "../audit/index.ts";
import { noCredentials } from "./credentials.ts";
import { openConfig } from "./open-account.ts";
import { given, keepAccount, saveAccount } from "./save-account.ts";
import { storedConfig } from "./stored-config.ts";

/** An account as a file has it: known by the vendor's id, because without its secrets it does not open. */
export const BroughtAccount = commands["channel_account.save"].input.extend({
  externalId: z.string().min(1),
});

type Config = Readonly<Record<string, unknown>>;

/** What its form shows again; anything else is taken for a secret. */
const shown: ReadonlySet<AccountField["kind"]> = new Set(["text", "flag", "choice"]);

const openFields = (ctx: Ctx, channel: string): Set<string> =>
  new Set(
    ctx.channels.all
      .filter(({ id }) => id === channel)
      .flatMap(({ setup }) => setup.fields.filter(({ kind }) => shown.has(kind)).map(({ name }) => name)),
  );

/** What may stand in a file of an account's configuration. */
export function openConfigOf(ctx: Ctx, row: ChannelAccountRow): Config {
  const open = openFields(ctx, row.channel);
  return Object.fromEntries(Object.entries(storedConfig(ctx, row)).filter(([field]) => open.has(field)));
}

/**
 * Whether all that keeps an account from opening are its secrets, which are not known here. Throws `invalid_input` when
 * something else is wrong with it.
 */
export async function lacksSecrets(
  ctx: Ctx,
  o: { readonly accountId: string | null; readonly channel: ChannelId; readonly config: Config },
): Promise<boolean> {
  const open = openFields(ctx, o.channel);
  const stored = o.accountId === null ? undefined : await accountById(ctx.store, o.accountId);
  const config = { ...(stored && storedConfig(ctx, stored)), ...given(o.config) };
  try {
    openConfig(ctx, { channel: o.channel, config, credentials: noCredentials });
    return false;
  } catch (error) {
    // One of which nothing can be read any more says nothing wrong.
    if (stored && Object.keys(config).length === 0) return true;
    const wrong = fieldsOf(error);
    if (wrong.length > 0 && !wrong.some((field) => open.has(field) || Object.hasOwn(config, field)))
      return true;
    throw error;
  }
}

const Fields = z.object({ fields: z.record(z.string(), z.unknown()) });

const fieldsOf = (error: unknown): string[] =>
  error instanceof AppError ? Object.keys(Fields.safeParse(error.details).data?.fields ?? {}) : [];

/** Saves an account of a file; one whose secrets are not known here is kept switched off, and says that it needs a log-in. */
export async function bringAccount(
  ctx: Ctx,
  by: Actor,
  { externalId, ...input }: z.infer<typeof BroughtAccount>,
): Promise<void> {
  if (!(await lacksSecrets(ctx, { ...input, accountId: input.id }))) {
    await saveAccount(ctx, by, input);
    return;
  }
  const stored = input.id === null ? null : ((await accountById(ctx.store, input.id)) ?? null);
  const config = { ...(stored && storedConfig(ctx, stored)), ...given(input.config) };
  await keepAccount(ctx, by, { input, stored, config, at: { externalId, webhookKey: null } });
}
