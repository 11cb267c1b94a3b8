import { AppError, ChannelId } from "@tongdai/shared";
import type { Ctx } from "../context.ts";
import { accountsAt } from "../features/channel-accounts/index.ts";
import { receiveItem } from "../features/conversations/index.ts";
import { cancelTimer, setTimer } from "../features/timers/index.ts";
import { newId } from "../ids.ts";
import { deliveryById, insertDelivery, updateDelivery } from "../store/inbound.ts";
import type { Tx } from "../store/index.ts";
import type { DeliveryRow } from "../store/schema.ts";
import type { ParsedItem } from "./channel.ts";
import { exactJson } from "./kit/exact-json.ts";

export interface Delivery {
  readonly channel: ChannelId;
  readonly webhookKey: string;
  /** JSON text, verified. */
  readonly body: string;
}

/** After so many attempts a delivery that still fails is put aside, with an alarm in the log. */
const MAX_ATTEMPTS = 3;
const RETRY_MS = 5_000;
/** Long past the end of any attempt: one that has recorded none came to none. */
const LEASE_MS = 60_000;

/**
 * Stores a verified webhook body and applies its items; resolves once both are durable, so that 200 may be answered.
 * When an item cannot be applied the body is kept and tried again item by item, so its neighbours live.
 * Throws `invalid_input` when it is not JSON, `unavailable` when the store cannot be written: the vendor will repeat it.
 */
export async function receiveDelivery(ctx: Ctx, delivery: Delivery): Promise<void> {
  const { body } = delivery;
  const items = await itemsOf(ctx, delivery.channel, delivery.webhookKey, body);
  const receivedAt = ctx.clock.now();
  const row: DeliveryRow = {
    id: newId(),
    channel: delivery.channel,
    webhook_key: delivery.webhookKey,
    received_at: receivedAt,
    // NUL is the one character that PostgreSQL has no room for; JSON has it only escaped.
    body: body.replaceAll("\u0000", ""),
    state: "done",
    attempts: 1,
    error: null,
  };
  try {
    await ctx.store.write(async (tx) => {
      await insertDelivery(tx, row);
      for (const item of items)
        await receiveItem(tx, ctx, { channel: row.channel, webhookKey: row.webhook_key, item, receivedAt });
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") throw error;
    ctx.log.error({ err: error, delivery: row.id }, "delivery failed, will be tried item by item");
    await ctx.store.write(async (tx) => {
      await insertDelivery(tx, { ...row, state: "pending", error: String(error) });
      await setTimer(tx, ctx, { ...timerOf(row.id), dueAt: receivedAt });
    });
  }
}

/** Timer `delivery`: should the attempt that follows end with its process, there is another one. */
export const planRetry = (tx: Tx, ctx: Ctx, id: string): Promise<void> =>
  setTimer(tx, ctx, { ...timerOf(id), dueAt: ctx.clock.now() + LEASE_MS });

const timerOf = (subjectId: string) => ({ kind: "delivery", subjectId });

/**
 * Tries a kept delivery again, each item in a transaction of its own. The attempt is counted before it is made, so a
 * body that kills the process is put aside like any other.
 */
export async function retryDelivery(ctx: Ctx, id: string): Promise<void> {
  const row = await ctx.store.write((tx) => countAttempt(tx, id));
  if (!row) return;
  const errors: string[] = [];
  if (row.attempts > MAX_ATTEMPTS) errors.push(row.error ?? "it ended the process");
  else
    for (const item of await itemsOf(ctx, ChannelId.parse(row.channel), row.webhook_key, row.body)) {
      const error = await tryItem(ctx, row, item);
      if (error) errors.push(error);
    }
  const over = row.attempts >= MAX_ATTEMPTS;
  if (errors.length > 0 && over) ctx.log.error({ delivery: id, errors }, "delivery quarantined");
  await ctx.store.write(async (tx) => {
    const state = errors.length === 0 ? "done" : over ? "quarantined" : "pending";
    await updateDelivery(tx, id, { state, error: errors.join("; ") || null });
    if (state === "pending") await setTimer(tx, ctx, { ...timerOf(id), dueAt: ctx.clock.now() + RETRY_MS });
    else await cancelTimer(tx, timerOf(id));
  });
}

async function countAttempt(tx: Tx, id: string): Promise<DeliveryRow | null> {
  const row = await deliveryById(tx, id);
  if (row?.state !== "pending") {
    await cancelTimer(tx, timerOf(id));
    return null;
  }
  const attempts = row.attempts + 1;
  await updateDelivery(tx, id, { attempts });
  return { ...row, attempts };
}

async function tryItem(ctx: Ctx, row: DeliveryRow, item: ParsedItem): Promise<string | null> {
  try {
    await ctx.store.write((tx) =>
      receiveItem(tx, ctx, {
        channel: row.channel,
        webhookKey: row.webhook_key,
        item,
        receivedAt: row.received_at,
      }),
    );
    return null;
  } catch (error) {
    return String(error);
  }
}

async function itemsOf(
  ctx: Ctx,
  channel: ChannelId,
  webhookKey: string,
  body: string,
): Promise<ParsedItem[]> {
  const accounts = await accountsAt(ctx, channel, webhookKey);
  return ctx.channels.get(channel).parse(
    parseJson(body),
    accounts.map((a) => a.externalId),
  );
}

function parseJson(text: string): unknown {
  try {
    return exactJson(text);
  } catch {
    throw new AppError("invalid_input", "the body is not JSON");
  }
}
