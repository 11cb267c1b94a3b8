import {
  PublicEventName,
  permissionsOf,
  type Webhook,
  type WebhookAttempt,
  type WebhookDelivery,
  type WebhookDeliveryState,
  WebhookEnd,
  WebhookFailure,
} from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { rolesOf } from "../../presenters/people.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { allUsers } from "../../store/people.ts";
import { allRoles } from "../../store/roles.ts";
import type { WebhookAttemptRow, WebhookDeliveryRow, WebhookRow } from "../../store/schema-webhooks.ts";
import { may } from "../access.ts";
import { oldSecretUntil } from "./secrets.ts";

const Events = z.array(PublicEventName);

export const eventsOf = (row: Pick<WebhookRow, "events">): PublicEventName[] => fromJson(Events, row.events);

/** Everything but its secrets. */
export const toWebhook = (ctx: Ctx, r: WebhookRow): Webhook => ({
  id: r.id,
  name: r.name,
  url: r.url,
  events: eventsOf(r),
  texts: r.texts === 1,
  enabled: r.enabled === 1,
  ended: WebhookEnd.nullable().parse(r.ended),
  oldSecretUntil: oldSecretUntil(ctx, r),
  failingSince: r.failing_since,
  restUntil: r.rest_until,
  lastSuccessAt: r.last_success_at,
});

/** Those who manage webhooks see it at once, and every gateway looks again whom it has to tell. */
export async function journalWebhook(
  tx: Tx,
  ctx: Ctx,
  o: { actorId: string | null; id: string; row: WebhookRow | null },
): Promise<void> {
  const roles = await allRoles(tx);
  const readers = (await allUsers(tx)).filter((u) =>
    may({ permissions: permissionsOf(rolesOf(u), roles) }, "webhooks.manage"),
  );
  tx.journal({
    name: "webhook.changed",
    at: ctx.clock.now(),
    actorId: o.actorId,
    scopes: readers.map((u) => `user:${u.id}`),
    data: { id: o.id, webhook: o.row && toWebhook(ctx, o.row) },
  });
}

const states: Record<string, WebhookDeliveryState> = {
  ready: "waiting",
  trying: "sending",
  done: "delivered",
  failed: "failed",
};

/** What the store calls a state of the wire. */
export const storedState = (state: WebhookDeliveryState): string =>
  Object.keys(states).find((key) => states[key] === state) ?? state;

export const toDelivery = (r: WebhookDeliveryRow, last: WebhookAttemptRow | undefined): WebhookDelivery => ({
  id: r.id,
  webhookId: r.webhook_id,
  type: r.type,
  state: states[r.state] ?? "failed",
  createdAt: r.created_at,
  attempts: r.attempts,
  nextAt: r.state === "ready" ? r.next_at : null,
  last: last ? toAttempt(last) : null,
});

export const toAttempt = (r: WebhookAttemptRow): WebhookAttempt => ({
  at: r.at,
  durationMs: r.duration_ms,
  status: r.status,
  failure: WebhookFailure.nullable().parse(r.failure),
  answer: r.answer,
});
