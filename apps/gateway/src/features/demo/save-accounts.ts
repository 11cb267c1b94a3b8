import type { ChannelId } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { accountByExternalId } from "../../store/inbound.ts";
import { queueByName } from "../../store/people.ts";
import { saveAccount } from "../channel-accounts/index.ts";
import { demo } from "./demo-file.ts";

interface DemoAccount {
  readonly channel: ChannelId;
  readonly externalId: string;
  readonly name: string;
  readonly queue: string;
  readonly config: Readonly<Record<string, string>>;
  /** What the configuration says of where the vendor is reached. */
  readonly placed: (url: string) => Readonly<Record<string, string>>;
}

const accounts: readonly DemoAccount[] = [
  ...demo.facebook.apps.flatMap(({ appId, appSecret, verifyToken, pages }) =>
    pages.map(({ pageId, token: pageToken, name, queue }) => ({
      channel: "facebook" as const,
      externalId: pageId,
      name,
      queue,
      config: { appId, appSecret, verifyToken, pageId, pageToken },
      placed: (graphUrl: string) => ({ graphUrl }),
    })),
  ),
  ...demo.zalo.apps.flatMap(({ appId, appSecret, oas }) =>
    oas.map(({ oaId, oaSecret, refreshToken, name, queue }) => ({
      channel: "zalo" as const,
      externalId: oaId,
      name,
      queue,
      config: { appId, appSecret, oaId, oaSecret, refreshToken },
      placed: (url: string) => ({ apiUrl: url, businessUrl: url, oauthUrl: url }),
    })),
  ),
  ...demo.sms.accounts.map(({ provider, sender, keys, name, queue }) => ({
    channel: "sms" as const,
    externalId: sender,
    name,
    queue,
    config: { provider, sender, ...keys },
    placed: (apiUrl: string) => ({ apiUrl }),
  })),
  ...demo.email.accounts.map(({ address, password, name, queue }) => ({
    channel: "email" as const,
    externalId: address,
    name,
    queue,
    config: { address, password, displayName: name, imapSecurity: "none", smtpSecurity: "none" },
    placed: mailServersAt,
  })),
  ...demo.voice.accounts.map(({ number, siteSecret, name, queue }) => ({
    channel: "voice" as const,
    externalId: number,
    name,
    queue,
    config: { number, siteSecret },
    // The page on which the visitor plays a customer is the site with the call button.
    placed: (sites: string) => ({ sites }),
  })),
];

/** The simulator's address names the ports of its two mail servers: `http://127.0.0.1:4014/?imap=4015&smtp=4016`. */
function mailServersAt(url: string): Record<string, string> {
  const { hostname, searchParams } = new URL(url);
  return {
    imapHost: hostname,
    imapPort: searchParams.get("imap") ?? "",
    smtpHost: hostname,
    smtpPort: searchParams.get("smtp") ?? "",
  };
}

/** Connects the accounts to the simulators, wherever they listen at this start. */
export async function saveAccounts(ctx: Ctx): Promise<void> {
  for (const account of accounts) {
    const url = ctx.config.simulators[account.channel];
    if (url !== undefined) await saveOne(ctx, account, url);
  }
}

async function saveOne(ctx: Ctx, account: DemoAccount, url: string): Promise<void> {
  const { channel, externalId, name, config, placed } = account;
  const place = placed(url);
  const known = await accountByExternalId(ctx.store, channel, externalId);
  if (known && isPlaced(ctx, known.config, place)) return;
  const queue = await queueByName(ctx.store, account.queue);
  if (!known && !queue) throw new Error(`the demo has no queue ${account.queue}`);
  await saveAccount(ctx, null, {
    id: known?.id ?? null,
    channel,
    name: known?.name ?? name,
    queueId: known?.queue_id ?? queue?.id ?? "",
    enabled: known ? known.enabled === 1 : true,
    config: { ...config, ...place },
  });
}

function isPlaced(ctx: Ctx, sealed: string, place: Readonly<Record<string, string>>): boolean {
  const config: unknown = JSON.parse(ctx.secrets.open(sealed));
  if (typeof config !== "object" || config === null) return false;
  return Object.entries(place).every(([field, value]) => String(Reflect.get(config, field)) === value);
}
