import { createHmac } from "node:crypto";
import { createGateway, readConfig } from "@tongdai/gateway";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { saveQueue } from "../../apps/gateway/src/features/queues/index.ts";
import { entryOf, freshMid, fromCustomer } from "./meta.ts";
import { APP, PAGE } from "./world.ts";

/** A store with one page connected, ready for a gateway of its own. */
export async function connectedStore(o: { dataDir: string; databaseUrl: string }): Promise<void> {
  const gateway = await createGateway({ ...readConfig({}), ...o, port: 0, logLevel: "silent" });
  const queue = await saveQueue(gateway.ctx, null, {
    id: null,
    name: "Chăm sóc",
    memberIds: [],
    offerSeconds: 30,
    wrapUpSeconds: 60,
    dispositions: [{ name: "Xong", resolved: true }],
  });
  await saveAccount(gateway.ctx, null, {
    id: null,
    channel: "facebook",
    name: PAGE.name,
    queueId: queue.id,
    enabled: true,
    config: { ...APP, pageId: PAGE.pageId, pageToken: PAGE.token, graphUrl: "http://127.0.0.1:1" },
  });
  await gateway.close();
}

/** Sends one message as the vendor does. Returns its id and how it was answered; 0: not at all. */
export async function deliver(url: string, text: string): Promise<{ mid: string; status: number }> {
  const mid = freshMid();
  const item = fromCustomer("77", Date.now(), { message: { mid, text } });
  const body = JSON.stringify({ object: "page", entry: [entryOf([item])] });
  const signature = `sha256=${createHmac("sha256", APP.appSecret).update(body).digest("hex")}`;
  const status = await fetch(`${url}/webhooks/facebook/${APP.appId}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-hub-signature-256": signature },
    body,
  }).then(
    (answer) => answer.status,
    () => 0,
  );
  return { mid, status };
}
