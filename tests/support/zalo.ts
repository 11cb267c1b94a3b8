import type { Gateway } from "@tongdai/gateway";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { type Customer, startZaloSimulator, type ZaloSimulator } from "../simulators/zalo/index.ts";
import type { Person } from "./person.ts";
import type { Talk } from "./talk.ts";
import { type World, type WorldOptions, world } from "./world.ts";

export const ZALO_APP = { appId: "360846524940903967", appSecret: "zalo-app-secret" };
export const OA = { oaId: "388613280878808645", name: "Sen Việt OA", oaSecret: "oa-secret-1" };
export const SECOND_OA = { oaId: "388613280878808646", name: "Sen Việt Bảo hành", oaSecret: "oa-secret-2" };
export const FIRST_TOKEN = "refresh-token-of-the-explorer";

export interface ZaloWorld {
  readonly w: World;
  readonly zalo: ZaloSimulator;
  readonly accountId: string;
  /** Until the gateway and the vendor have nothing left to do. */
  settle(): Promise<void>;
  customer(name: string, o?: { oaId?: string; visitor?: boolean; follows?: boolean }): Customer;
  /** A customer who wrote to the account and an agent who has taken it. */
  talk(o?: { customer?: Customer; text?: string; agent?: Person }): Promise<ZaloTalk>;
  close(): Promise<void>;
}

export type ZaloTalk = Omit<Talk, "customer"> & { readonly customer: Customer };

export interface ZaloOptions extends WorldOptions {
  /** Connected by the permission page: no token is pasted. */
  readonly byConsent?: boolean;
  readonly chargedQuota?: number;
  readonly cloudAccount?: boolean;
}

/** A contact centre whose Zalo accounts are played by the simulator. */
export async function zaloWorld(o: ZaloOptions = {}): Promise<ZaloWorld> {
  let now: () => number = Date.now;
  let after: (fn: () => void, ms: number) => () => void = () => () => undefined;
  let hooks = "";
  const oas = [OA, SECOND_OA].map((oa) => ({
    ...oa,
    ...(!o.byConsent && { refreshToken: `${FIRST_TOKEN}-${oa.oaId}` }),
    ...(o.chargedQuota !== undefined && { chargedQuota: o.chargedQuota }),
    ...(o.cloudAccount !== undefined && { cloudAccount: o.cloudAccount }),
  }));
  const app = {
    ...ZALO_APP,
    get webhookUrl() {
      return hooks;
    },
    oas,
  };
  const zalo = await startZaloSimulator({
    apps: [app],
    clock: { now: () => now(), setTimeout: (fn, ms) => after(fn, ms) },
  });
  const w = await world({ ...o, isPublic: true, alsoAllow: [new URL(zalo.url).host] });
  now = () => w.clock.now();
  after = (fn, ms) => w.clock.after(ms, fn);
  hooks = `${w.gateway.url}/webhooks/zalo/${ZALO_APP.appId}`;
  const accounts = [];
  for (const [index, oa] of oas.entries())
    accounts.push(
      await connectOa(w.gateway, { oa, queueId: index === 0 ? w.queueId : w.secondQueueId, url: zalo.url }),
    );
  const settle = async () => {
    for (let turn = 0; turn < 2; turn++) {
      await w.settle();
      await zalo.settle();
    }
    await w.settle();
  };
  return {
    w,
    zalo,
    accountId: accounts[0]?.id ?? "",
    settle,
    customer: (name, { oaId = OA.oaId, ...more } = {}) => zalo.customer({ oaId, name, ...more }),
    async talk({
      customer = zalo.customer({ oaId: OA.oaId, name: "Trần Hà" }),
      text = "Xin chào",
      agent,
    } = {}) {
      const who = agent ?? (await w.agent("lan"));
      const known = new Set(who.heard.flatMap((e) => (e.name === "offer.made" ? [e.data.offer.id] : [])));
      await customer.text(text);
      const { offer } = await who.hear("offer.made", (d) => !known.has(d.offer.id));
      const { interaction } = await who.call("offer.accept", { offerId: offer.id });
      await settle();
      return { agent: who, customer, conversationId: offer.conversationId, interaction };
    },
    async close() {
      await w.close();
      await zalo.close();
    },
  };
}

/** What the customer sees of the account's messages. */
export const received = (customer: Customer) => customer.transcript().messages.filter((m) => m.from === "oa");

/** What the browser of the account's owner meets when it follows the link of "Connect" and allows what is asked. */
export async function approve(z: ZaloWorld, url: string, oaId = OA.oaId): Promise<Response> {
  const page = await fetch(url);
  if (!(await page.text()).includes("xin quyền")) throw new Error("the vendor shows no permission page");
  return fetch(z.zalo.consent(url, oaId));
}

/** Connects an account in the gateway. @param o.url of the simulator */
export const connectOa = (
  gateway: Gateway,
  { oa, queueId, url }: { oa: typeof OA & { refreshToken?: string }; queueId: string; url: string },
) =>
  saveAccount(gateway.ctx, null, {
    id: null,
    channel: "zalo",
    name: oa.name,
    queueId,
    enabled: true,
    config: {
      ...ZALO_APP,
      oaId: oa.oaId,
      oaSecret: oa.oaSecret,
      apiUrl: url,
      businessUrl: url,
      oauthUrl: url,
      ...(oa.refreshToken && { refreshToken: oa.refreshToken }),
    },
  });
