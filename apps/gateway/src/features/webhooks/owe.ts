import type { PublicEvent } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { Tx } from "../../store/index.ts";
import type { WebhookRow } from "../../store/schema-webhooks.ts";
import { insertWebhookDelivery } from "../../store/webhook-deliveries.ts";

interface Owed {
  readonly type: string;
  readonly seq: number;
  readonly at: number;
  readonly actorId: string | null;
  readonly lane: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Writes down what a webhook is to be told, once and for all: every attempt sends the same bytes. @returns its id */
export async function owe(tx: Tx, ctx: Ctx, webhook: WebhookRow, event: Owed): Promise<string> {
  const id = newId();
  const now = ctx.clock.now();
  const body: PublicEvent = {
    id,
    type: event.type,
    version: 1,
    timestamp: new Date(event.at).toISOString(),
    sequence: event.seq,
    actorId: event.actorId,
    data: event.data,
  };
  await insertWebhookDelivery(tx, {
    id,
    webhook_id: webhook.id,
    seq: event.seq,
    type: event.type,
    lane: event.lane,
    body: JSON.stringify(body),
    state: "ready",
    attempts: 0,
    next_at: now,
    lease_until: null,
    created_at: now,
  });
  return id;
}
