import type { WebhookEnd } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { Tx } from "../../store/index.ts";
import type { WebhookDeliveryRow, WebhookRow } from "../../store/schema-webhooks.ts";
import { endSending, insertAttempt, isOwedMore, TEST } from "../../store/webhook-deliveries.ts";
import { holdWebhook, updateWebhook } from "../../store/webhooks.ts";
import { audit } from "../audit/index.ts";
import { type Ending, isDelivered } from "./attempt.ts";
import { journalWebhook } from "./present.ts";
import { DOUBT_FROM, GIVE_UP_MS, restAfter, retryAfter } from "./times.ts";

const GONE = 410;
/** More than this for one webhook, while it fails: it will not catch up. */
const MOST_OWED = 100_000;
/** Attempts at which a process of ours may die before the event is taken for the cause. */
const MOST_INTERRUPTED = 20;
/** How exactly it is known when a webhook last got something: its row is not written for each. */
const SUCCESS_EVERY_MS = 60_000;

/** Writes down how an attempt ended, and what follows from it for the event and for the webhook. */
export function recordEnding(
  ctx: Ctx,
  d: WebhookDeliveryRow,
  o: { ending: Ending; random: () => number },
): Promise<void> {
  const { ending, random } = o;
  return ctx.store.write(async (tx) => {
    if (!(await endSending(tx, d, next(ctx, d, o)))) return;
    await insertAttempt(tx, {
      id: newId(),
      delivery_id: d.id,
      at: ending.at,
      duration_ms: ending.durationMs,
      status: ending.status,
      failure: ending.failure,
      answer: ending.answer,
    });
    if (isDelivered(ending)) await succeeded(tx, ctx, d.webhook_id);
    // That a process of ours died is not the receiver's fault.
    else if (d.type !== TEST && ending.failure !== "interrupted")
      await failed(tx, ctx, d, { gone: ending.status === GONE, random });
    tx.afterCommit(ctx.wake.webhooks);
  });
}

function next(ctx: Ctx, d: WebhookDeliveryRow, { ending, random }: { ending: Ending; random: () => number }) {
  if (isDelivered(ending)) return { state: "done" } as const;
  if (ending.failure === "interrupted" && d.attempts < MOST_INTERRUPTED)
    return { state: "ready", next_at: ctx.clock.now() } as const;
  // What somebody looks at on the screen is not tried again behind their back.
  const wait =
    d.type === TEST || ending.status === GONE ? null : retryAfter(d.attempts, ending.askedMs, random);
  return wait === null
    ? ({ state: "failed" } as const)
    : ({ state: "ready", next_at: ctx.clock.now() + wait } as const);
}

async function succeeded(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const row = await holdWebhook(tx, id);
  const now = ctx.clock.now();
  if (!row || (row.failures === 0 && now - (row.last_success_at ?? 0) < SUCCESS_EVERY_MS)) return;
  await change(tx, ctx, row, {
    failures: 0,
    failing_since: null,
    rest_until: null,
    last_success_at: now,
  });
}

async function failed(
  tx: Tx,
  ctx: Ctx,
  d: WebhookDeliveryRow,
  o: { gone: boolean; random: () => number },
): Promise<void> {
  const row = await holdWebhook(tx, d.webhook_id);
  if (!row) return;
  const now = ctx.clock.now();
  const failures = row.failures + 1;
  const since = row.failing_since ?? now;
  const rest = restAfter(failures, o.random);
  const tally = { failures, failing_since: since, rest_until: rest === null ? null : now + rest };
  const end = row.enabled === 1 ? await endOf(tx, row, { gone: o.gone, failingMs: now - since }) : null;
  await change(tx, ctx, row, end === null ? tally : { ...tally, enabled: 0, ended: end, rest_until: null });
  if (end === null) return;
  ctx.log.warn({ webhook: row.id, end }, "a webhook was switched off");
  const detail = { name: row.name, reason: end };
  await audit(tx, ctx, { by: null, action: "webhook.ended", target: row.id, detail });
}

async function endOf(
  tx: Tx,
  row: WebhookRow,
  { gone, failingMs }: { gone: boolean; failingMs: number },
): Promise<WebhookEnd | null> {
  if (gone) return "gone";
  if (failingMs >= GIVE_UP_MS) return "failing";
  // Asked only when it rests, which is seldom.
  const asked = row.failures + 1 >= DOUBT_FROM;
  return asked && (await isOwedMore(tx, row.id, MOST_OWED)) ? "backlog" : null;
}

type Change = Partial<
  Pick<WebhookRow, "failures" | "failing_since" | "rest_until" | "last_success_at" | "enabled" | "ended">
>;

/** People see what changes for them: that it fails, that it works again, that it is off. */
async function change(tx: Tx, ctx: Ctx, row: WebhookRow, values: Change): Promise<void> {
  await updateWebhook(tx, row.id, values);
  const now = { ...row, ...values };
  if (isDoubted(row) !== isDoubted(now) || row.enabled !== now.enabled)
    await journalWebhook(tx, ctx, { actorId: null, id: row.id, row: now });
}

export const isDoubted = (row: Pick<WebhookRow, "failures">): boolean => row.failures >= DOUBT_FROM;
