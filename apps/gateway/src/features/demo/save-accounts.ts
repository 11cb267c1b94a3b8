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
  /** The fields of the configuration that hold the vendor's address. */
  readonly addressFields: readonly string[];
}

const accounts: readonly DemoAccount[] = [
  ...demo.facebook.apps.flatMap(({ appId, appSecret, verifyToken, pages }) =>
    pages.map(({ pageId, token: pageToken, name, queue }) => ({
      channel: "facebook" as const,
      externalId: pageId,
      name,
      queue,
      config: { appId, appSecret, verifyToken, pageId, pageToken },
      addressFields: ["graphUrl"],
    })),
  ),
  ...demo.zalo.apps.flatMap(({ appId, appSecret, oas }) =>
    oas.map(({ oaId, oaSecret, refreshToken, name, queue }) => ({
      channel: "zalo" as const,
      externalId: oaId,
      name,
      queue,
      config: { appId, appSecret, oaId, oaSecret, refreshToken },
      addressFields: ["apiUrl", "businessUrl", "oauthUrl"],
    })),
  ),
  ...demo.sms.accounts.map(({ provider, sender, keys, name, queue }) => ({
    channel: "sms" as const,
    externalId: sender,
    name,
    queue,
    config: { provider, sender, ...keys },
    addressFields: ["apiUrl"],
  })),
];

/** Connects the accounts to the simulators, wherever they listen at this start. */
export async function saveAccounts(ctx: Ctx): Promise<void> {
  for (const account of accounts) {
    const url = ctx.config.simulators[account.channel];
    if (url !== undefined) await saveOne(ctx, account, url);
  }
}

async function saveOne(ctx: Ctx, account: DemoAccount, url: string): Promise<void> {
  const { channel, externalId, name, config, addressFields } = account;
  const known = await accountByExternalId(ctx.store, channel, externalId);
  if (known && addressOf(ctx, known.config, addressFields[0] ?? "") === url) return;
  const queue = await queueByName(ctx.store, account.queue);
  if (!known && !queue) throw new Error(`the demo has no queue ${account.queue}`);
  await saveAccount(ctx, null, {
    id: known?.id ?? null,
    channel,
    name: known?.name ?? name,
    queueId: known?.queue_id ?? queue?.id ?? "",
    enabled: known ? known.enabled === 1 : true,
    config: { ...config, ...Object.fromEntries(addressFields.map((field) => [field, url])) },
  });
}

function addressOf(ctx: Ctx, sealed: string, field: string): unknown {
  const config: unknown = JSON.parse(ctx.secrets.open(sealed));
  return typeof config === "object" && config !== null ? Reflect.get(config, field) : null;
}
