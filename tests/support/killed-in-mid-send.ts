import { expect } from "vitest";
import { killable } from "./killable.ts";
import { preparedStore } from "./page-writer.ts";
import { personAt } from "./person.ts";
import { say } from "./talk.ts";
import { until } from "./until.ts";
import type { Vendor, VendorOptions } from "./vendors.ts";
import { PASSWORD } from "./world.ts";

/**
 * An agent answers twice, the vendor takes the first answer and says nothing, and the gateway is killed. Returns what the next
 * gateway made of it.
 * @param begin starts the vendor
 */
export async function killedInMidSend(
  begin: (o: VendorOptions) => Promise<Vendor>,
): Promise<{ states: readonly (readonly [string, string])[]; received: readonly string[] }> {
  const k = await killable("sqlite");
  const vendor = await begin({ url: k.url });
  try {
    await preparedStore({ ...k, agents: ["lan"] }, (gateway, queueId) => vendor.connect(gateway, queueId));
    const first = await k.start(vendor.hosts);
    const agent = await personAt(first.url, { username: "lan", password: PASSWORD });
    await agent.call("agent.set_state", { state: "available" });
    await vendor.write(0, "Còn hàng không?");
    const { offer } = await agent.hear("offer.made");
    await agent.call("offer.accept", { offerId: offer.id });
    vendor.hold();
    const { conversationId } = offer;
    await say({ agent, conversationId }, "một");
    await until(() => vendor.received(0).length === 1, "the first answer at the customer's");
    await say({ agent, conversationId }, "hai");
    await first.kill();
    agent.disconnect();
    const { gateway, quiet } = await k.survivor(vendor.hosts);
    await quiet();
    const rows = await gateway.ctx.store.db
      .selectFrom("message")
      .select(["text", "state"])
      .where("direction", "=", "out")
      .orderBy("id")
      .execute();
    expect(rows.length).toBe(2);
    await gateway.close();
    return { states: rows.map((r) => [r.text, r.state] as const), received: [...vendor.received(0)] };
  } finally {
    await vendor.close();
    await k.close();
  }
}
