import type { Ctx } from "../../context.ts";
import type { WebhookDeliveryRow, WebhookRow } from "../../store/schema-webhooks.ts";
import {
  abandonedSendings,
  dueWebhookDeliveries,
  expireSendings,
  markSending,
  nextWebhookDeliveryAt,
} from "../../store/webhook-deliveries.ts";
import { allWebhooks } from "../../store/webhooks.ts";
import { type Wakeable, wakeable } from "../../wakeable.ts";
import { attempt } from "./attempt.ts";
import { isDoubted, recordEnding } from "./record.ts";
import { LEASE_MS } from "./times.ts";

/** Requests on their way at once: altogether, and to one receiver. */
const PLACES = 48;
const SHARE = 8;
/** Another gateway may have left something behind without waking us. */
const LOOK_MS = 30_000;

interface Trip {
  readonly webhookId: string;
  readonly end: Promise<void>;
}

/**
 * Sends what webhooks are owed. An attempt is marked before it is made, under a lease, so that no two gateways make it; what a
 * dead process left marked is sent again: receivers know it by its id. One that does not answer has few places and long
 * rests, and holds up none of the others.
 */
export function webhookSender(ctx: () => Ctx, random: () => number = Math.random): Wakeable {
  const inFlight = new Map<string, Trip>();
  const stop = new AbortController();
  let started = false;

  async function pass(): Promise<number | null> {
    const { clock, store } = ctx();
    if (!started) await store.write(expireSendings);
    started = true;
    for (const d of await abandonedSendings(store, clock.now())) if (!inFlight.has(d.id)) await abandon(d);
    const webhooks = await allWebhooks(store);
    let wait = LOOK_MS;
    for (const webhook of webhooks) wait = Math.min(wait, await launchDue(webhook));
    return webhooks.length === 0 ? null : Math.max(1, wait);
  }

  const underWay = (webhookId: string): number =>
    [...inFlight.values()].filter((t) => t.webhookId === webhookId).length;

  /** Launches what is due, and returns the time until more may be. The end of a trip wakes us anyway. */
  async function launchDue(webhook: WebhookRow): Promise<number> {
    const { clock, store } = ctx();
    const now = clock.now();
    const rests = Math.max(0, (webhook.rest_until ?? 0) - now);
    const tests = webhook.enabled === 0 || rests > 0;
    const share = isDoubted(webhook) && !tests ? 1 : SHARE;
    const limit = Math.min(share - underWay(webhook.id), PLACES - inFlight.size);
    if (limit <= 0) return LOOK_MS;
    for (const d of await dueWebhookDeliveries(store, { webhookId: webhook.id, now, limit, tests }))
      if (!stop.signal.aborted) await launch(webhook, d);
    if (webhook.enabled === 0) return LOOK_MS;
    const next = await nextWebhookDeliveryAt(store, { webhookId: webhook.id, now });
    const due = next === null ? LOOK_MS : next - now;
    return rests > 0 ? rests : due;
  }

  async function launch(webhook: WebhookRow, d: WebhookDeliveryRow): Promise<void> {
    const { clock, store } = ctx();
    if (!(await store.write((tx) => markSending(tx, d.id, clock.now() + LEASE_MS)))) return;
    const marked = { ...d, attempts: d.attempts + 1 };
    const end = attempt(ctx(), { webhook, delivery: marked, stop: stop.signal })
      .then((ending) => recordEnding(ctx(), marked, { ending, random }))
      .catch((err: unknown) =>
        ctx().log.error({ err, delivery: d.id }, "the end of a webhook attempt is lost"),
      )
      .finally(() => {
        inFlight.delete(d.id);
        loop.wake();
      });
    inFlight.set(d.id, { webhookId: webhook.id, end });
  }

  async function abandon(d: WebhookDeliveryRow): Promise<void> {
    const { clock } = ctx();
    const ending = {
      at: clock.now(),
      durationMs: null,
      status: null,
      failure: "interrupted",
      answer: "",
      askedMs: 0,
    } as const;
    await recordEnding(ctx(), d, { ending, random });
  }

  const loop = wakeable({ name: "webhooks", deps: ctx, pass });
  const ends = () => [...inFlight.values()].map((t) => t.end);
  return {
    wake: loop.wake,
    async idle() {
      do await Promise.all([loop.idle(), ...ends()]);
      while (inFlight.size > 0);
      await loop.idle();
    },
    async close() {
      // What is cut off is sent again after the next start.
      stop.abort();
      await loop.close();
      await Promise.all(ends());
    },
  };
}
