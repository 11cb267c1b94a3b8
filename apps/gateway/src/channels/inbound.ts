import { AppError, ChannelId } from "@tongdai/shared";
import type { Ctx } from "../context.ts";
import { accountsAt } from "../features/channel-accounts/index.ts";
import { receiveItem } from "../features/conversations/index.ts";
import { cancelTimer, setTimer } from "../features/timers/index.ts";
import { newId } from "../ids.ts";
import { movePlace } from "../store/connections.ts";
import { deliveryById, insertDelivery, updateDelivery } from "../store/inbound.ts";
import type { Tx } from "../store/index.ts";
import type { DeliveryRow } from "../store/schema.ts";
import type { Account, ParsedItem, SourcePlace } from "./channel.ts";
import { exactJson } from "./kit/exact-json.ts";

export interface Delivery {
  readonly channel: ChannelId;
  readonly webhookKey: string;
  /** JSON text, verified. */
  readonly body: string;
  /** What a kept connection adds: see `Link`. */
  readonly file?: string | null;
  readonly place?: ({ readonly accountId: string } & SourcePlace) | undefined;
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
  const row = rowOf(ctx, delivery);
  const items = await itemsOf(ctx, row);
  try {
    await ctx.store.write(async (tx) => {
      await insertDelivery(tx, row);
      await move(tx, delivery.place);
      await applyAll(tx, ctx, row, items);
    });
  } catch (error) {
    if (error instanceof AppError && LEFT_ALONE.has(error.code)) throw error;
    ctx.log.error({ err: error, delivery: row.id }, "delivery failed, will be tried item by item");
    await keepForLater(ctx, [{ ...row, error: String(error) }], { place: delivery.place, afterMs: 0 });
  }
}

/** Nothing is kept then: whoever brought it brings it again. */
const LEFT_ALONE: ReadonlySet<string> = new Set(["unavailable", "conflict"]);

const rowOf = (ctx: Ctx, { channel, webhookKey, body, file = null }: Delivery): DeliveryRow => ({
  id: newId(),
  channel,
  webhook_key: webhookKey,
  received_at: ctx.clock.now(),
  // NUL is the one character that PostgreSQL has no room for; JSON has it only escaped.
  body: body.replaceAll("\u0000", ""),
  state: "done",
  attempts: 1,
  error: null,
  file,
});

/** Of what is unpacked, so many are applied in one commit: more would hold the event loop for too long. */
const TOGETHER = 8;

/**
 * Keeps what a connection brought, in its order, and applies it; resolves once all of it is durable. What takes time to unpack is
 * durable first, with timers for the case that the process dies over it. Rejects as `receiveDelivery` does, and then nothing is
 * kept.
 */
export async function receiveDeliveries(
  ctx: Ctx,
  deliveries: readonly Omit<Delivery, "place">[],
  place: Delivery["place"],
): Promise<void> {
  const rows = deliveries.map((delivery) => rowOf(ctx, delivery));
  const [first] = rows;
  if (!first) return;
  if (!(await unpackerOf(ctx, first))) {
    for (const [i, delivery] of deliveries.entries())
      await receiveDelivery(ctx, { ...delivery, ...(i === 0 && { place }) });
    return;
  }
  await keepForLater(ctx, rows, { place, afterMs: LEASE_MS });
  for (let i = 0; i < rows.length; i += TOGETHER) await applyKept(ctx, rows.slice(i, i + TOGETHER));
}

/** All in one commit; each by itself when one of them cannot be applied. */
async function applyKept(ctx: Ctx, rows: readonly DeliveryRow[]): Promise<void> {
  try {
    const unpacked = await Promise.all(rows.map(async (row) => ({ row, items: await itemsOf(ctx, row) })));
    await ctx.store.write(async (tx) => {
      for (const { row, items } of unpacked) {
        if ((await deliveryById(tx, row.id))?.state !== "pending") continue;
        await applyAll(tx, ctx, row, items);
        await updateDelivery(tx, row.id, { state: "done" });
        await cancelTimer(tx, timerOf(row.id));
      }
    });
  } catch (err) {
    if (rows.length > 1) {
      for (const row of rows) await applyKept(ctx, [row]);
      return;
    }
    for (const { id } of rows) await tryLater(ctx, id, err);
  }
}

async function tryLater(ctx: Ctx, id: string, err: unknown): Promise<void> {
  ctx.log.error({ err, delivery: id }, "delivery failed, will be tried item by item");
  await ctx.store.write(async (tx) => {
    await updateDelivery(tx, id, { error: String(err) });
    await setTimer(tx, ctx, { ...timerOf(id), dueAt: ctx.clock.now() + RETRY_MS });
  });
}

/** Its place and all of it in one commit. */
const keepForLater = (
  ctx: Ctx,
  rows: readonly DeliveryRow[],
  o: { place: Delivery["place"]; afterMs: number },
): Promise<void> =>
  ctx.store.write(async (tx) => {
    await move(tx, o.place);
    for (const [i, row] of rows.entries()) {
      await insertDelivery(tx, { ...row, state: "pending" });
      // Tried again in the order in which they came.
      await setTimer(tx, ctx, { ...timerOf(row.id), dueAt: row.received_at + o.afterMs + i });
    }
  });

async function move(tx: Tx, place: Delivery["place"]): Promise<void> {
  if (place && !(await movePlace(tx, place)))
    throw new AppError("conflict", "another connection has gone further");
}

async function applyAll(tx: Tx, ctx: Ctx, row: DeliveryRow, items: readonly ParsedItem[]): Promise<void> {
  for (const item of items) await receiveItem(tx, ctx, receivedOf(row, item));
}

const receivedOf = (row: DeliveryRow, item: ParsedItem) => ({
  channel: row.channel,
  webhookKey: row.webhook_key,
  item,
  receivedAt: row.received_at,
});

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
  else errors.push(...(await tryItems(ctx, row)));
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

/** @returns what went wrong */
async function tryItems(ctx: Ctx, row: DeliveryRow): Promise<string[]> {
  const errors: string[] = [];
  try {
    for (const item of await itemsOf(ctx, row)) {
      const error = await tryItem(ctx, row, item);
      if (error) errors.push(error);
    }
  } catch (error) {
    errors.push(String(error));
  }
  return errors;
}

async function tryItem(ctx: Ctx, row: DeliveryRow, item: ParsedItem): Promise<string | null> {
  try {
    await ctx.store.write((tx) => receiveItem(tx, ctx, receivedOf(row, item)));
    return null;
  } catch (error) {
    return String(error);
  }
}

async function itemsOf(ctx: Ctx, row: DeliveryRow): Promise<ParsedItem[]> {
  const channelId = ChannelId.parse(row.channel);
  const channel = ctx.channels.get(channelId);
  const accounts = await accountsAt(ctx, channelId, row.webhook_key);
  const body = parseJson(row.body);
  const unpack = await unpackerOf(ctx, row);
  const items = channel.parse(
    unpack ? await unpack(body, ctx.media) : body,
    accounts.map((a) => a.externalId),
  );
  return accounts.some((a) => a.optOutWord) ? items.map((item) => withOptOut(accounts, item)) : items;
}

/** The customer's word to write no more, by the account's words where the vendor has not said so by its own. */
function withOptOut(accounts: readonly Account[], item: ParsedItem): ParsedItem {
  const { event, accountExternalId } = item;
  if (event.kind !== "message" || event.optOut || event.attachments.length > 0) return item;
  const account = accounts.find((a) => a.externalId === accountExternalId);
  const optOut = account?.optOutWord?.(event.text) ?? null;
  return optOut === null ? item : { ...item, event: { ...event, optOut } };
}

async function unpackerOf(ctx: Ctx, row: DeliveryRow): Promise<Account["unpack"]> {
  const accounts = await accountsAt(ctx, ChannelId.parse(row.channel), row.webhook_key);
  return accounts.find((a) => a.unpack)?.unpack;
}

function parseJson(text: string): unknown {
  try {
    return exactJson(text);
  } catch {
    throw new AppError("invalid_input", "the body is not JSON");
  }
}
