import { createHmac } from "node:crypto";
import { createGateway, readConfig } from "@tongdai/gateway";
import { defaultLimits } from "@tongdai/shared";
import { createUser } from "../../apps/gateway/src/features/users/index.ts";
import { entryOf, freshMid, fromCustomer } from "./meta.ts";
import { APP, connectPage, makeQueue, PAGE, PASSWORD } from "./world.ts";

/** A store with one page connected and these agents for its customers, ready for gateways of their own. */
export async function connectedStore(o: {
  dataDir: string;
  databaseUrl: string;
  graphUrl?: string;
  agents?: readonly string[];
  /** How many each of them may carry at once. */
  chats?: number;
  offerSeconds?: number;
}): Promise<void> {
  const { dataDir, databaseUrl, graphUrl = "http://127.0.0.1:1", agents = [], chats, offerSeconds } = o;
  const gateway = await createGateway({
    ...readConfig({}),
    dataDir,
    databaseUrl,
    port: 0,
    logLevel: "silent",
  });
  const memberIds: string[] = [];
  for (const username of agents) {
    const user = await createUser(gateway.ctx, null, {
      username,
      name: username,
      password: PASSWORD,
      roles: ["agent"],
      ...(chats === undefined ? {} : { limits: { ...defaultLimits, chat: chats } }),
    });
    memberIds.push(user.id);
  }
  const queueId = await makeQueue(gateway, "Chăm sóc", { memberIds, offerSeconds });
  await connectPage(gateway, { page: PAGE, queueId, graphUrl });
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
