import { AppError, type CommandOutput, type CommandParsed, type WebhookDelivery } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { headOf } from "../../store/journal.ts";
import type { WebhookDeliveryRow } from "../../store/schema-webhooks.ts";
import {
  attemptsOf,
  sendAnew,
  TEST,
  webhookDeliveriesBefore,
  webhookDeliveryById,
} from "../../store/webhook-deliveries.ts";
import { updateWebhook, webhookById } from "../../store/webhooks.ts";
import { audit } from "../audit/index.ts";
import { page, readKey } from "../cursor.ts";
import { owe } from "./owe.ts";
import { storedState, toAttempt, toDelivery } from "./present.ts";

export async function listDeliveries(
  ctx: Ctx,
  input: CommandParsed<"webhook.deliveries">,
): Promise<CommandOutput<"webhook.deliveries">> {
  const found = await webhookDeliveriesBefore(ctx.store, {
    webhookId: input.webhookId,
    states: input.state && [storedState(input.state)],
    before: readKey(input.cursor),
    limit: input.limit + 1,
  });
  const { items, next } = page(found, input.limit, (d) => d.id);
  const attempts =
    items.length === 0
      ? []
      : await attemptsOf(
          ctx.store,
          items.map((d) => d.id),
        );
  // Of several of one delivery the newest is the last to be set.
  const last = new Map(attempts.map((a) => [a.delivery_id, a]));
  return { deliveries: items.map((d) => toDelivery(d, last.get(d.id))), next };
}

export async function tellDelivery(ctx: Ctx, id: string): Promise<CommandOutput<"webhook.delivery">> {
  const row = await webhookDeliveryById(ctx.store, id);
  if (!row) throw noDelivery();
  const attempts = await attemptsOf(ctx.store, [id]);
  return {
    delivery: toDelivery(row, attempts.at(-1)),
    body: row.body,
    attempts: attempts.map(toAttempt),
  };
}

const noDelivery = () => new AppError("not_found", "no such delivery");

/** Throws `conflict` while it is being sent, or while its webhook is off. */
export function resend(ctx: Ctx, by: Caller, id: string): Promise<WebhookDelivery> {
  return ctx.store.write(async (tx) => {
    const row = await webhookDeliveryById(tx, id);
    const webhook = row && (await webhookById(tx, row.webhook_id));
    if (!row || !webhook) throw noDelivery();
    if (webhook.enabled === 0 && row.type !== TEST)
      throw new AppError("conflict", "the webhook is off", { reason: "off" });
    if (!(await sendAnew(tx, id, ctx.clock.now())))
      throw new AppError("conflict", "it is being sent", { reason: "sending" });
    await updateWebhook(tx, webhook.id, { rest_until: null });
    const detail = { name: webhook.name, type: row.type, delivery: id };
    await audit(tx, ctx, { by, action: "webhook.resent", target: webhook.id, detail });
    return await waiting(tx, ctx, id);
  });
}

/** An event that says no more than who asked for it. */
export function sendTest(ctx: Ctx, by: Caller, id: string): Promise<WebhookDelivery> {
  return ctx.store.write(async (tx) => {
    const webhook = await webhookById(tx, id);
    if (!webhook) throw new AppError("not_found", "no such webhook");
    const deliveryId = await owe(tx, ctx, webhook, {
      type: TEST,
      seq: await headOf(tx),
      at: ctx.clock.now(),
      actorId: by.userId,
      // One that hangs keeps nobody from asking again.
      lane: `${TEST} ${ctx.clock.now()}`,
      data: { webhookId: id },
    });
    return await waiting(tx, ctx, deliveryId);
  });
}

async function waiting(tx: Tx, ctx: Ctx, id: string): Promise<WebhookDelivery> {
  tx.afterCommit(ctx.wake.webhooks);
  const row: WebhookDeliveryRow | undefined = await webhookDeliveryById(tx, id);
  if (!row) throw noDelivery();
  return toDelivery(row, (await attemptsOf(tx, [id])).at(-1));
}
