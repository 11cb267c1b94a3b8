import { createHmac } from "node:crypto";
import { createGateway, type Gateway, readConfig } from "@tongdai/gateway";
import { defaultLimits } from "@tongdai/shared";
import { createUser } from "../../apps/gateway/src/features/users/index.ts";
import { entryOf, freshMid, fromCustomer } from "./meta.ts";
import { APP, connectPage, makeQueue, PAGE, PASSWORD } from "./world.ts";

interface StoreOptions {
  dataDir: string;
  databaseUrl: string;
  agents?: readonly string[];
  /** How many each of them may carry at once. */
  chats?: number;
  offerSeconds?: number;
}

/** A store with one page connected and these agents for its customers, ready for gateways of their own. */
export const connectedStore = (o: StoreOptions & { graphUrl?: string }): Promise<void> =>
  preparedStore(o, (gateway, queueId) =>
    connectPage(gateway, { page: PAGE, queueId, graphUrl: o.graphUrl ?? "http://127.0.0.1:1" }),
  );

/** The same with what `connect` connects. */
export async function preparedStore(
  { dataDir, databaseUrl, agents = [], chats, offerSeconds }: StoreOptions,
  connect: (gateway: Gateway, queueId: string) => Promise<unknown>,
): Promise<void> {
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
  await connect(gateway, queueId);
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
