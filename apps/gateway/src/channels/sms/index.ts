import { AppError, cleanText, optOutWord } from "@tongdai/shared";
import { z } from "zod";
import type { Account, Channel, ChannelDeps, ParsedItem, SendOutcome, WebhookRequest } from "../channel.ts";
import { reason, safeDigest } from "../kit/values.ts";
import { capabilities, rate } from "./capabilities.ts";
import { readConfig, type SmsConfig } from "./config.ts";
import { esms } from "./esms.ts";
import { unreachable } from "./number.ts";
import type { ProviderKind, SmsProvider } from "./provider.ts";
import { setup } from "./setup.ts";
import { smpp } from "./smpp.ts";
import { speedsms } from "./speedsms.ts";
import { stringee } from "./stringee.ts";
import { twilio } from "./twilio.ts";

function openProvider(config: SmsConfig, deps: ChannelDeps): SmsProvider {
  switch (config.provider) {
    case "esms":
      return esms.open(config, deps);
    case "speedsms":
      return speedsms.open(config, deps);
    case "stringee":
      return stringee.open(config, deps);
    case "smpp":
      return smpp.open(config, deps);
    case "twilio":
      return twilio.open(config, deps);
  }
}

/** Nobody can write to a name, nor where the provider hands nothing on. */
const isOneWay = ({ provider, sender }: SmsConfig): boolean =>
  /[A-Za-z]/.test(sender) || provider === "esms" || provider === "stringee";

function open(input: unknown, deps: ChannelDeps): Account {
  const config = readConfig(input);
  const provider = openProvider(config, deps);
  return {
    externalId: provider.sender,
    oneWay: isOneWay(config),
    optOutWord: (text) => optOutWord(text, { stop: config.stopWords, start: config.startWords }),
    webhookKey: provider.webhookKey,
    ...(provider.keyField !== undefined && { keyField: provider.keyField }),
    verifyToken: null,
    handshake: () => null,
    verify: (request) => provider.verify(request),
    async send(part, signal): Promise<SendOutcome> {
      const refused = (code: "invalid" | "recipient_unavailable", detail: string): SendOutcome => ({
        kind: "failed",
        code,
        detail,
      });
      if (part.content.kind !== "text") return refused("invalid", "a text message carries no file");
      const text = part.content.text.normalize("NFC");
      const most = capabilities.text.maxLength;
      if (text.trim() === "" || text.length > most)
        return refused("invalid", `text must have 1 to ${most} characters`);
      const why = unreachable(part.to);
      if (why) return refused("recipient_unavailable", why);
      return provider.send({ id: part.sendingId ?? part.messageId, to: part.to, text }, signal);
    },
    act: async ({ kind }) => {
      throw new AppError("invalid_input", `a text message has no ${kind}`);
    },
    profile: async () => null,
    check: (signal) => provider.check(signal),
    perSecond: config.perSecond,
    ...(provider.connect && { connect: provider.connect }),
  };
}

const kinds = { esms, smpp, speedsms, stringee, twilio } as const;
type Decoding = Pick<ProviderKind<never>, "decode" | "parse">;
const byName: Readonly<Record<string, Decoding>> = kinds;

/** Which provider a verified request is of shows in its fields; its name travels with them to `parse`. */
function decode(request: WebhookRequest): string {
  for (const [provider, kind] of Object.entries(byName)) {
    const fields = kind.decode(request);
    if (fields) return JSON.stringify({ provider, fields });
  }
  throw new AppError("invalid_input", "no provider's form");
}

const Body = z.object({ provider: z.string(), fields: z.record(z.string(), z.unknown()) });

function parse(body: unknown, accountIds: readonly string[]): ParsedItem[] {
  const { data } = Body.safeParse(body);
  const kind = data && Object.hasOwn(byName, data.provider) ? byName[data.provider] : undefined;
  try {
    if (data && kind) return [kind.parse(data.fields, accountIds)];
  } catch (error) {
    return [unsupported(accountIds, body, reason(error))];
  }
  return [unsupported(accountIds, body, "no provider's form")];
}

const unsupported = ([account = ""]: readonly string[], body: unknown, why: string): ParsedItem => ({
  accountExternalId: account,
  key: safeDigest(body),
  at: null,
  event: { kind: "unsupported", why: cleanText(why) },
});

/** Text messages of one number or brandname, carried by one of several providers. */
export const sms: Channel = {
  id: "sms",
  capabilities,
  setup,
  rate,
  whenForged: "refuse",
  decode,
  open,
  parse,
};
