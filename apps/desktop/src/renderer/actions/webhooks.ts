import type { CommandInput, CommandOutput, WebhookDelivery } from "@tongdai/shared";
import type { Client } from "./client.ts";

export const countWaiting = async (client: Client): Promise<Readonly<Record<string, number>>> =>
  (await client.request("webhook.waiting", {})).waiting;

export const saveWebhook = (
  client: Client,
  input: CommandInput<"webhook.save">,
): Promise<CommandOutput<"webhook.save">> => client.request("webhook.save", input);

export const removeWebhook = (client: Client, id: string): Promise<unknown> =>
  client.request("webhook.remove", { id });

export const rotateSecret = async (client: Client, id: string): Promise<string> =>
  (await client.request("webhook.rotate", { id })).secret;

/** Between two looks at whether the receiver has answered. */
const LOOK_MS = 500;
/** It has 15 seconds to answer; with its gateway gone nobody writes down that it did not. */
const PATIENCE_MS = 20_000;

/** Sends a test and waits for what comes of it; one still under way after 20 seconds is answered as it stands. */
export async function testWebhook(client: Client, id: string): Promise<WebhookDelivery> {
  const until = client.clock.now() + PATIENCE_MS;
  let { delivery } = await client.request("webhook.test", { id });
  while (!hasEnded(delivery) && client.clock.now() < until) {
    await new Promise<void>((resume) => void client.clock.after(LOOK_MS, resume));
    delivery = (await getDelivery(client, delivery.id)).delivery;
  }
  return delivery;
}

const hasEnded = ({ state }: WebhookDelivery): boolean => state === "delivered" || state === "failed";

export const listDeliveries = (
  client: Client,
  input: CommandInput<"webhook.deliveries">,
): Promise<CommandOutput<"webhook.deliveries">> => client.request("webhook.deliveries", input);

export const getDelivery = (client: Client, id: string): Promise<CommandOutput<"webhook.delivery">> =>
  client.request("webhook.delivery", { id });

export const resendDelivery = async (client: Client, id: string): Promise<WebhookDelivery> =>
  (await client.request("webhook.resend", { id })).delivery;
