import { type AccountSetup, AppError, type Capabilities, readPhoneNumber } from "@tongdai/shared";
import { z } from "zod";
import type { Account, Channel, ChannelDeps } from "../channel.ts";
import { parseConfig, secret } from "../kit/parse-config.ts";
import { field, words } from "../kit/setup.ts";
import { readStatement } from "./statement.ts";

const capabilities: Capabilities = {
  work: "call",
  calls: true,
  address: "phone",
  // As far as the network tells the truth, which is what every telephone on a desk goes by.
  provesAddress: true,
  begins: false,
  text: { maxLength: 0, counter: null },
  attachments: { kinds: [], maxBytes: 0, imageMaxBytes: 0, endings: {}, separateFromText: true },
  stickers: false,
  reactions: [],
  replyTo: false,
  typing: false,
  notices: false,
  seen: false,
  receipts: { delivered: false, read: false },
  replyWindow: null,
  chargedAfter: null,
};

const setup: AccountSetup = {
  connect: words("Nối một số điện thoại", "Connect a telephone number"),
  lead: words(
    "Số mà khách gọi vào; cuộc gọi đến được xếp vào hàng chờ của nó",
    "A number that customers call; its calls wait in its queue",
  ),
  fields: [
    field({
      name: "number",
      kind: "text",
      label: words("Số hoặc tên", "Number or name"),
      hint: words(
        "Như nhà mạng báo số bị gọi: 19001234, +842838123456; hoặc một tên như support",
        "As the carrier names what was called: 19001234, +842838123456; or a name such as support",
      ),
    }),
    field({
      name: "sites",
      kind: "text",
      required: false,
      label: words("Trang web được gọi", "Web sites that may call it"),
      hint: words(
        "Nơi có nút gọi, cách nhau bằng dấu phẩy: https://shop.example.com",
        "Where its call button stands, comma separated: https://shop.example.com",
      ),
    }),
    field({
      name: "siteSecret",
      kind: "secret",
      required: false,
      label: words("Khoá của trang web", "The web site's secret"),
      hint: words(
        "Ít nhất 32 ký tự; máy chủ của trang dùng nó để nói khách là ai",
        "At least 32 characters; with it the site's server says who its visitor is",
      ),
    }),
  ],
  idField: "number",
  webhook: null,
  remedies: {},
};

const Config = z.strictObject({
  number: z
    .string()
    .trim()
    .regex(/^\+?[A-Za-z0-9._-]{1,64}$/, "must be a number or a plain name"),
  sites: z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter((site) => site !== ""))
    .pipe(z.array(z.string().refine(isSite, "write sites as https://shop.example.com, without a path"))),
  siteSecret: secret.pipe(z.string().min(32, "must have 32 characters or more")).optional(),
});

/** A browser gives its microphone to pages of https, and of its own machine. */
function isSite(text: string): boolean {
  const url = URL.parse(text);
  const safe = url?.protocol === "https:" || url?.hostname === "localhost" || url?.hostname === "127.0.0.1";
  return safe && url?.origin === text;
}

const nothingToSend = (): never => {
  throw new AppError("invalid_input", "nothing can be written to somebody who calls");
};

function open(input: unknown, { clock }: Pick<ChannelDeps, "clock">): Account {
  const { number, sites, siteSecret } = parseConfig(Config, "telephone number", input);
  const externalId = readPhoneNumber(number)?.e164 ?? number;
  return {
    externalId,
    webhookKey: `voice-${externalId}`,
    verifyToken: null,
    handshake: () => null,
    verify: () => false,
    send: async () => ({ kind: "failed", code: "invalid", detail: "a call carries no messages" }),
    act: async () => nothingToSend(),
    profile: async () => null,
    check: async () => ({ state: "ok", name: null, detail: null }),
    visitors: {
      origins: sites,
      whoIs: (statement) =>
        siteSecret === undefined ? null : readStatement(statement, siteSecret, clock.now()),
    },
  };
}

/** Telephone numbers of ours. Calls come by the exchange (`telephony/provider.ts`), not by webhooks. */
export const voice: Channel = {
  id: "voice",
  capabilities,
  setup,
  rate: { text: 1, media: 1 },
  whenForged: "refuse",
  open,
  parse: () => [],
};
