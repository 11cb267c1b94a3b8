import { z } from "zod";
import { command } from "./command.ts";
import { Cursor, Id, line, PageSize } from "./scalars.ts";
import {
  PublicEventName,
  Webhook,
  WebhookAttempt,
  WebhookDelivery,
  WebhookDeliveryState,
} from "./webhooks.ts";

const one = z.strictObject({ id: Id });
const delivery = z.object({ delivery: WebhookDelivery });

export const webhookCommands = {
  /** How many events wait, by webhook. */
  "webhook.waiting": command(
    "webhooks.manage",
    z.strictObject({}),
    z.object({ waiting: z.record(Id, z.number().int()) }),
  ),
  /** A new one gets a secret, which is told this once. Switching it on forgets why it was off. */
  "webhook.save": command(
    "webhooks.manage",
    z.strictObject({
      id: Id.nullable().default(null),
      name: line(80),
      url: z.url({ protocol: /^https?$/ }).max(2_000),
      events: z.array(PublicEventName).min(1).max(100),
      texts: z.boolean().default(false),
      enabled: z.boolean().default(true),
    }),
    z.object({ webhook: Webhook, secret: z.string().nullable() }),
  ),
  "webhook.remove": command("webhooks.manage", one, z.object({})),
  /** A new secret, told this once; the old one signs beside it for a day. */
  "webhook.rotate": command("webhooks.manage", one, z.object({ webhook: Webhook, secret: z.string() })),
  /** Sends `webhook.test` at once, whether the webhook is on or off. */
  "webhook.test": command("webhooks.manage", one, delivery),
  /** Newest first. */
  "webhook.deliveries": command(
    "webhooks.manage",
    z.strictObject({
      webhookId: Id,
      state: WebhookDeliveryState.optional(),
      cursor: Cursor.optional(),
      limit: PageSize,
    }),
    z.object({ deliveries: z.array(WebhookDelivery), next: Cursor.nullable() }),
  ),
  /** What was sent, and every attempt, oldest first. */
  "webhook.delivery": command(
    "webhooks.manage",
    one,
    z.object({ delivery: WebhookDelivery, body: z.string(), attempts: z.array(WebhookAttempt) }),
  ),
  /** Now, under the same id, whatever became of it before. */
  "webhook.resend": command("webhooks.manage", one, delivery),
};
