import {
  AppError,
  type ChannelAccount,
  type CommandParsed,
  changesBetween,
  type HealthState,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import {
  accountById,
  accountsByWebhookKey,
  holdAccount,
  insertAccount,
  updateAccount,
} from "../../store/accounts.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { queueById } from "../../store/people.ts";
import { lookAtWaiting } from "../../store/routing.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { type Actor, audit } from "../audit/index.ts";
import { assertSkills } from "../skills/index.ts";
import { noCredentials } from "./credentials.ts";
import { accountChanged, lookForSilence } from "./health.ts";
import { openConfig } from "./open-account.ts";
import { toAccount } from "./present.ts";
import { storedConfig } from "./stored-config.ts";
import { watchSoon } from "./watch-account.ts";

type Input = CommandParsed<"channel_account.save">;

/**
 * Connects an account, or changes one. A field of the configuration that is absent (or an empty string, as forms send for
 * a secret that is not shown) keeps its stored value; one that is shown and may be left out is taken out by the empty
 * string. Throws `invalid_input` naming bad fields, `conflict` when the vendor's account is connected already or would
 * become another one.
 */
export async function saveAccount(ctx: Ctx, by: Actor | null, input: Input): Promise<ChannelAccount> {
  const stored = input.id === null ? null : await storedAccount(ctx, input.id, input.channel);
  const before = stored ? storedConfig(ctx, stored) : {};
  const emptied = emptiedFields(ctx, input);
  const merged = Object.entries({ ...before, ...given(input.config) });
  const config = Object.fromEntries(merged.filter(([field]) => !emptied.includes(field)));
  const opened = openConfig(ctx, { channel: input.channel, config, credentials: noCredentials });
  if (stored && stored.external_id !== opened.externalId)
    throw new AppError("conflict", "this is another account at the vendor: connect it beside the old one");
  return keepAccount(ctx, by, { input, stored, config, at: opened });
}

interface Kept {
  readonly input: Input;
  readonly stored: ChannelAccountRow | null;
  readonly config: Readonly<Record<string, unknown>>;
  /** `webhookKey: null`: it does not open, and stays switched off until somebody gives what it lacks. */
  readonly at: {
    readonly externalId: string;
    readonly webhookKey: string | null;
    readonly oneWay?: boolean;
    readonly keyField?: string;
  };
}

/**
 * Stores and tells. Throws `not_found` for a queue or skill that is not there, `invalid_input` for a queue of comments where there
 * are none, `conflict` when it is connected already.
 */
export function keepAccount(
  ctx: Ctx,
  by: Actor | null,
  { input, stored, config, at }: Kept,
): Promise<ChannelAccount> {
  const { externalId, webhookKey } = at;
  return ctx.store.write(async (tx) => {
    await assertQueues(tx, ctx, input);
    await assertOwnKey(tx, { channel: input.channel, stored, at });
    await assertSkills(tx, Object.fromEntries((input.needs ?? []).map((n) => [n.skillId, n.level])));
    const settings = {
      name: input.name,
      queue_id: input.queueId,
      comment_queue_id:
        input.commentQueueId === undefined ? (stored?.comment_queue_id ?? null) : input.commentQueueId,
      enabled: input.enabled && webhookKey !== null ? 1 : 0,
      needs: input.needs ? JSON.stringify(input.needs) : (stored?.needs ?? "[]"),
      config: ctx.secrets.seal(JSON.stringify(config)),
      // One that does not open is called by nobody.
      webhook_key: webhookKey ?? stored?.webhook_key ?? newId(),
      one_way: at.oneWay ? 1 : 0,
    };
    const whenOff = webhookKey === null ? "login_needed" : "off";
    const row = stored
      ? await change(tx, ctx, { accountId: stored.id, settings, version: input.version, whenOff })
      : await connect(tx, ctx, { channel: input.channel, externalId, settings, whenOff });
    if (stored && stored.needs !== row.needs) {
      await lookAtWaiting(tx, { accountId: row.id });
      tx.afterCommit(ctx.wake.router);
    }
    await accountChanged(tx, ctx, { row, actorId: by?.userId ?? null });
    await lookForSilence(tx, ctx, row.id);
    await watchSoon(tx, ctx, row.id);
    const account = toAccount(row);
    const { channel, name } = account;
    const changes = changesBetween(stored ? toAccount(stored) : undefined, account);
    // Which fields were set, never what to.
    const detail = {
      channel,
      name,
      created: !stored,
      changes,
      fields: [...Object.keys(given(input.config)), ...emptiedFields(ctx, input)],
    };
    await audit(tx, ctx, { by, action: "channel_account.saved", target: row.id, detail });
    return account;
  });
}

async function assertQueues(tx: Tx, ctx: Ctx, { channel, queueId, commentQueueId }: Input): Promise<void> {
  if (commentQueueId && !ctx.channels.get(channel).comments)
    throw new AppError("invalid_input", "nothing is written in public there", { field: "commentQueueId" });
  for (const [field, id] of Object.entries({ queueId, commentQueueId }))
    if (id && !(await queueById(tx, id))) throw new AppError("not_found", "no such queue", { field });
}

/** What comes there would be taken for another account's, and be lost without a word. */
async function assertOwnKey(
  tx: Tx,
  { channel, stored, at }: Pick<Kept, "stored" | "at"> & Pick<Input, "channel">,
): Promise<void> {
  if (at.keyField === undefined || at.webhookKey === null) return;
  const others = await accountsByWebhookKey(tx, channel, at.webhookKey);
  if (others.some(({ id }) => id !== stored?.id))
    throw new AppError("invalid_input", "another account has this address for its webhooks", {
      fields: { [at.keyField]: "must be another than that of other accounts" },
    });
}

type Settings = Pick<
  ChannelAccountRow,
  "name" | "queue_id" | "comment_queue_id" | "enabled" | "needs" | "config" | "webhook_key" | "one_way"
>;

async function connect(
  tx: Tx,
  ctx: Ctx,
  o: { channel: string; externalId: string; settings: Settings; whenOff: HealthState },
): Promise<ChannelAccountRow> {
  const row: ChannelAccountRow = {
    id: newId(),
    version: nextVersion(undefined),
    channel: o.channel,
    external_id: o.externalId,
    health: o.settings.enabled === 1 ? "ok" : o.whenOff,
    health_since: ctx.clock.now(),
    last_inbound_at: null,
    last_error: null,
    facts: "[]",
    facts_at: null,
    alarms: "[]",
    ...o.settings,
  };
  if (!(await insertAccount(tx, row)))
    throw new AppError("conflict", "this account is connected already", { externalId: o.externalId });
  return row;
}

/** Switching off and on again starts with a clean sheet; other troubles last until a check finds them mended. */
async function change(
  tx: Tx,
  ctx: Ctx,
  o: { accountId: string; settings: Settings; version: number | undefined; whenOff: HealthState },
): Promise<ChannelAccountRow> {
  const was = await holdAccount(tx, o.accountId);
  if (!was) throw new AppError("not_found", "no such account");
  assertFresh(was, o.version);
  const health = o.settings.enabled === 1 ? "ok" : o.whenOff;
  const switched = was.enabled !== o.settings.enabled || (o.settings.enabled === 0 && was.health !== health);
  const now = {
    ...o.settings,
    version: nextVersion(was),
    ...(switched ? { health, health_since: ctx.clock.now(), last_error: null } : {}),
  };
  await updateAccount(tx, was.id, now);
  return { ...was, ...now };
}

/** What the form shows and may lack is taken out by leaving it empty; a secret is not shown, so that it stays. */
function emptiedFields(ctx: Ctx, { channel, config }: Input): string[] {
  const { fields } = ctx.channels.get(channel).setup;
  const may = fields.filter(({ kind, required }) => !required && (kind === "text" || kind === "choice"));
  return may.map(({ name }) => name).filter((name) => config[name] === "");
}

export const given = (config: Input["config"]): Input["config"] =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined && value !== ""));

async function storedAccount(ctx: Ctx, id: string, channel: string): Promise<ChannelAccountRow> {
  const row = await accountById(ctx.store, id);
  if (row?.channel !== channel) throw new AppError("not_found", "no such account");
  return row;
}
