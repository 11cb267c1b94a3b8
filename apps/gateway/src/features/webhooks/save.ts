import {
  AppError,
  type CommandOutput,
  type CommandParsed,
  changesBetween,
  type Webhook,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { Tx } from "../../store/index.ts";
import { headOf } from "../../store/journal.ts";
import type { WebhookRow } from "../../store/schema-webhooks.ts";
import { forgetWebhookDeliveries, webhookBacklog } from "../../store/webhook-deliveries.ts";
import {
  allWebhooks,
  deleteWebhook,
  holdWebhook,
  insertWebhook,
  updateWebhook,
  webhookByName,
} from "../../store/webhooks.ts";
import { audit } from "../audit/index.ts";
import { eventsOf, journalWebhook, toWebhook } from "./present.ts";
import { newSecret, rotated, sealed } from "./secrets.ts";

/** Every event is made out to each of them. */
const MOST = 50;

export const listWebhooks = async (ctx: Ctx): Promise<Webhook[]> =>
  (await allWebhooks(ctx.store)).map((row) => toWebhook(ctx, row));

export const countWaiting = async (ctx: Ctx): Promise<CommandOutput<"webhook.waiting">> => ({
  waiting: Object.fromEntries((await webhookBacklog(ctx.store)).map((b) => [b.webhook_id, Number(b.count)])),
});

type Saved = CommandParsed<"webhook.save">;

/** Throws `conflict` when the name is taken, `limit` when there are too many. */
export function saveWebhook(ctx: Ctx, by: Caller, input: Saved): Promise<CommandOutput<"webhook.save">> {
  const secret = input.id === null ? newSecret() : null;
  return ctx.store.write(async (tx) => {
    await assertNameFree(tx, input);
    const was = input.id === null ? undefined : await existing(tx, input.id);
    const row = await written(tx, ctx, { input, was, secret });
    await journalWebhook(tx, ctx, { actorId: by.userId, id: row.id, row });
    const detail = {
      name: row.name,
      created: !was,
      changes: changesBetween(was && auditOf(was), auditOf(row)),
    };
    await audit(tx, ctx, { by, action: was ? "webhook.updated" : "webhook.created", target: row.id, detail });
    tx.afterCommit(ctx.wake.webhooks);
    return { webhook: toWebhook(ctx, row), secret };
  });
}

async function assertNameFree(tx: Tx, { id, name }: Saved): Promise<void> {
  const namesake = await webhookByName(tx, name);
  if (namesake && namesake.id !== id)
    throw new AppError("conflict", "a webhook of this name is there", { field: "name" });
}

async function existing(tx: Tx, id: string): Promise<WebhookRow> {
  const row = await holdWebhook(tx, id);
  if (!row) throw new AppError("not_found", "no such webhook");
  return row;
}

async function written(
  tx: Tx,
  ctx: Ctx,
  { input, was, secret }: { input: Saved; was: WebhookRow | undefined; secret: string | null },
): Promise<WebhookRow> {
  const { name, url, enabled } = input;
  const told = {
    name,
    url,
    events: JSON.stringify([...new Set(input.events)]),
    texts: input.texts ? 1 : 0,
    enabled: enabled ? 1 : 0,
  };
  // Off, it is told nothing, also not afterwards; a change of the address is a new beginning too.
  const begins = { failures: 0, failing_since: null, rest_until: null };
  if (was) {
    const isNew = enabled && was.enabled === 0;
    const change = {
      ...told,
      ended: enabled ? null : was.ended,
      ...(isNew ? { since_seq: await headOf(tx) } : {}),
      ...(isNew || url !== was.url ? begins : {}),
    };
    await updateWebhook(tx, was.id, change);
    return { ...was, ...change };
  }
  if ((await allWebhooks(tx)).length >= MOST) throw new AppError("conflict", "too many webhooks");
  const row: WebhookRow = {
    id: newId(),
    ...told,
    ended: null,
    secrets: sealed(ctx, [{ secret: secret ?? newSecret(), until: null }]),
    since_seq: await headOf(tx),
    ...begins,
    last_success_at: null,
  };
  await insertWebhook(tx, row);
  return row;
}

/** What the audit tells of it. */
const auditOf = (r: WebhookRow) => ({
  name: r.name,
  url: r.url,
  events: eventsOf(r),
  texts: r.texts === 1,
  enabled: r.enabled === 1,
});

export function rotateSecret(ctx: Ctx, by: Caller, id: string): Promise<CommandOutput<"webhook.rotate">> {
  return ctx.store.write(async (tx) => {
    const was = await existing(tx, id);
    const { secret, secrets } = rotated(ctx, was);
    const row = { ...was, secrets };
    await updateWebhook(tx, id, { secrets });
    await journalWebhook(tx, ctx, { actorId: by.userId, id, row });
    await audit(tx, ctx, { by, action: "webhook.rotated", target: id, detail: { name: was.name } });
    return { webhook: toWebhook(ctx, row), secret };
  });
}

const PAGE = 500;

/** With everything that it was told. Removing what is gone already is no error. */
export async function removeWebhook(ctx: Ctx, by: Caller, id: string): Promise<void> {
  const { store } = ctx;
  // First nothing more is made out to it, then its log goes in pages: whatever else is written goes on between them.
  await store.write((tx) => updateWebhook(tx, id, { enabled: 0 }));
  while ((await store.write((tx) => forgetWebhookDeliveries(tx, { webhookId: id, limit: PAGE }))) === PAGE);
  await store.write(async (tx) => {
    const was = await holdWebhook(tx, id);
    if (!was) return;
    await deleteWebhook(tx, id);
    await journalWebhook(tx, ctx, { actorId: by.userId, id, row: null });
    const detail = { name: was.name, url: was.url };
    await audit(tx, ctx, { by, action: "webhook.removed", target: id, detail });
  });
}
