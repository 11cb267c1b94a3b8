import type { Gateway } from "@tongdai/gateway";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import {
  type ProviderName,
  type SenderAccount,
  type SmsSimulator,
  startSmsSimulator,
} from "../simulators/sms/index.ts";
import type { Person } from "./person.ts";
import type { Talk } from "./talk.ts";
import { type World, type WorldOptions, world } from "./world.ts";

const SECRET = "a-secret-path-of-24-signs";
const SID = `AC${"7".repeat(32)}`;
export const CUSTOMER = "+84901234567";

/** A number or brandname of each provider, as we and as its simulator know it. */
const SENDERS: Readonly<Record<ProviderName, { sender: string; keys: Record<string, string>; key: string }>> =
  {
    twilio: { sender: "+84281234567", keys: { accountSid: SID, authToken: "twilio-token" }, key: SID },
    speedsms: { sender: "19001234", keys: { accessToken: "speed-token" }, key: `${SECRET}-speed` },
    esms: {
      sender: "SENVIET",
      keys: { apiKey: "esms-key", secretKey: "esms-secret" },
      key: `${SECRET}-esms`,
    },
    stringee: {
      sender: "SENVIET2",
      keys: { keySid: "SKtest", keySecret: "stringee-secret" },
      key: `${SECRET}-stringee`,
    },
  };

export interface SmsWorld {
  readonly w: World;
  readonly sim: SmsSimulator;
  /** Connects a number or brandname of a provider, and returns it. */
  connect(provider: ProviderName, more?: Readonly<Record<string, string>>): Promise<string>;
  /** Until the gateway and the providers have nothing left to do. */
  settle(): Promise<void>;
  /** A customer who wrote to the number and an agent who has taken it. */
  talk(o?: { text?: string; from?: string; to?: string; agent?: Person }): Promise<Omit<Talk, "customer">>;
  close(): Promise<void>;
}

/** A contact centre with its text messages carried by simulated providers. */
export async function smsWorld(o: WorldOptions = {}): Promise<SmsWorld> {
  let now: () => number = Date.now;
  let after: (fn: () => void, ms: number) => () => void = () => () => undefined;
  const sim = await startSmsSimulator({
    clock: { now: () => now(), setTimeout: (fn, ms) => after(fn, ms) },
  });
  const w = await world({ ...o, isPublic: true, alsoAllow: [new URL(sim.url).host] });
  now = () => w.clock.now();
  after = (fn, ms) => w.clock.after(ms, fn);
  const settle = async () => {
    for (let turn = 0; turn < 2; turn++) {
      await w.settle();
      await sim.settle();
    }
    await w.settle();
  };
  return {
    w,
    sim,
    settle,
    connect: (provider, more) =>
      connectSender(w.gateway, {
        sim,
        provider,
        queueId: w.queueId,
        url: w.gateway.url,
        ...(more && { more }),
      }),
    async talk({ text = "Xin chào", from = CUSTOMER, to = SENDERS.twilio.sender, agent } = {}) {
      const who = agent ?? (await w.agent("lan"));
      const known = new Set(who.heard.flatMap((e) => (e.name === "offer.made" ? [e.data.offer.id] : [])));
      await sim.write({ from, to, text });
      const { offer } = await who.hear("offer.made", (d) => !known.has(d.offer.id));
      const { interaction } = await who.call("offer.accept", { offerId: offer.id });
      await settle();
      return { agent: who, conversationId: offer.conversationId, interaction };
    },
    async close() {
      await w.close();
      await sim.close();
    },
  };
}

/** Connects a number or brandname of a provider, at both ends. @param o.url where the gateway is to be reached */
export async function connectSender(
  gateway: Gateway,
  o: {
    sim: SmsSimulator;
    provider: ProviderName;
    queueId: string;
    url: string;
    perSecond?: number;
    /** Further fields of its configuration. */
    more?: Readonly<Record<string, string>>;
  },
): Promise<string> {
  const { sim, provider, queueId } = o;
  const { sender, keys, key } = SENDERS[provider];
  const account: SenderAccount = { provider, sender, keys, webhookUrl: `${o.url}/webhooks/sms/${key}` };
  sim.connect(account);
  const hidden = provider === "twilio" ? {} : { webhookSecret: key };
  await saveAccount(gateway.ctx, null, {
    id: null,
    channel: "sms",
    name: sender,
    queueId,
    enabled: true,
    config: {
      provider,
      sender,
      ...keys,
      ...hidden,
      apiUrl: sim.url,
      perSecond: String(o.perSecond ?? 1),
      ...o.more,
    },
  });
  return sender;
}
