import type { Handlers } from "../../realtime/handler.ts";
import { listDeliveries, resend, sendTest, tellDelivery } from "./deliveries.ts";
import { countWaiting, removeWebhook, rotateSecret, saveWebhook } from "./save.ts";

export const handlers = {
  "webhook.waiting": (ctx) => countWaiting(ctx),
  "webhook.save": (ctx, caller, input) => saveWebhook(ctx, caller, input),
  "webhook.remove": async (ctx, caller, { id }) => {
    await removeWebhook(ctx, caller, id);
    return {};
  },
  "webhook.rotate": (ctx, caller, { id }) => rotateSecret(ctx, caller, id),
  "webhook.test": async (ctx, caller, { id }) => ({ delivery: await sendTest(ctx, caller, id) }),
  "webhook.deliveries": (ctx, _caller, input) => listDeliveries(ctx, input),
  "webhook.delivery": (ctx, _caller, { id }) => tellDelivery(ctx, id),
  "webhook.resend": async (ctx, caller, { id }) => ({ delivery: await resend(ctx, caller, id) }),
} satisfies Pick<
  Handlers,
  | "webhook.waiting"
  | "webhook.save"
  | "webhook.remove"
  | "webhook.rotate"
  | "webhook.test"
  | "webhook.deliveries"
  | "webhook.delivery"
  | "webhook.resend"
>;
