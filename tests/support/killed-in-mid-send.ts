import type { Gateway } from "@tongdai/gateway";
import { expect } from "vitest";
import { killable } from "./killable.ts";
import { preparedStore } from "./page-writer.ts";
import { personAt } from "./person.ts";
import { say } from "./talk.ts";
import { until } from "./until.ts";
import { PASSWORD } from "./world.ts";

/** A vendor who takes what we send and can be told to keep the answer to itself, and one customer there. */
export interface SilentVendor {
  /** Hosts that the gateway must be allowed to reach. */
  readonly hosts: readonly string[];
  /** Connects its account. */
  connect(gateway: Gateway, queueId: string): Promise<unknown>;
  /** The customer writes; rejects when the gateway does not take it. */
  write(text: string): Promise<unknown>;
  /** The next message reaches the customer, and nobody is told of it. */
  hold(): void;
  /** What the customer has from us, in order of arrival. */
  received(): readonly string[];
  close(): Promise<void>;
}

/**
 * An agent answers twice, the vendor takes the first answer and says nothing, and the gateway is killed. Returns what the next
 * gateway made of it.
 * @param begin starts the vendor for a gateway at this address
 */
export async function killedInMidSend(
  begin: (url: string) => Promise<SilentVendor>,
): Promise<{ states: readonly (readonly [string, string])[]; received: readonly string[] }> {
  const k = await killable("sqlite");
  const vendor = await begin(k.url);
  try {
    await preparedStore({ ...k, agents: ["lan"] }, (gateway, queueId) => vendor.connect(gateway, queueId));
    const first = await k.start(vendor.hosts);
    const agent = await personAt(first.url, { username: "lan", password: PASSWORD });
    await agent.call("agent.set_state", { state: "available" });
    await vendor.write("Còn hàng không?");
    const { offer } = await agent.hear("offer.made");
    await agent.call("offer.accept", { offerId: offer.id });
    vendor.hold();
    const { conversationId } = offer;
    await say({ agent, conversationId }, "một");
    await until(() => vendor.received().length === 1, "the first answer at the customer's");
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
    return { states: rows.map((r) => [r.text, r.state] as const), received: [...vendor.received()] };
  } finally {
    await vendor.close();
    await k.close();
  }
}
