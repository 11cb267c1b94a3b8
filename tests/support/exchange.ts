import { randomUUID } from "node:crypto";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { type FakeExchange, fakeExchange } from "../../apps/gateway/src/telephony/fake.ts";
import type { Person } from "./person.ts";
import { type World, type WorldOptions, world } from "./world.ts";

export const NUMBER = "19001234";

export interface Exchange {
  readonly w: World;
  /** Of the gateway that runs now. */
  readonly exchange: FakeExchange;
  /** The account of the number that customers call. */
  readonly accountId: string;
  /** Somebody available whose phone is there. */
  agent(username: string): Promise<Person>;
  /** A customer calls the number. */
  ring(number?: string): Promise<string>;
}

/** A contact centre with a number that customers call, and an exchange that does what it is told. */
export async function withExchange(o: WorldOptions = {}): Promise<Exchange> {
  let exchange: FakeExchange | undefined;
  const w = await world({
    ...o,
    overrides: {
      ...o.overrides,
      async telephony(desk) {
        exchange = fakeExchange(desk, { id: randomUUID, now: () => w.clock.now() });
        return exchange;
      },
    },
  });
  const { id: accountId } = await saveAccount(w.gateway.ctx, null, {
    id: null,
    channel: "voice",
    name: "Tổng đài",
    queueId: w.queueId,
    enabled: true,
    config: { number: NUMBER },
  });
  const running = (): FakeExchange => {
    if (!exchange) throw new Error("no exchange runs");
    return exchange;
  };
  return {
    w,
    get exchange() {
      return running();
    },
    accountId,
    async agent(username) {
      const who = await w.agent(username);
      running().phone(who.userId, true);
      await w.settle();
      return who;
    },
    async ring(number = "0901234567") {
      const callId = running().call({ origin: "trunk", originId: "carrier", number, called: NUMBER });
      await w.settle();
      return callId;
    },
  };
}
