import { type AccountSetup, AppError, type Capabilities, readPhoneNumber } from "@tongdai/shared";
import { z } from "zod";
import type { Account, Channel } from "../channel.ts";
import { parseConfig } from "../kit/parse-config.ts";
import { field, words } from "../kit/setup.ts";

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
});

const nothingToSend = (): never => {
  throw new AppError("invalid_input", "nothing can be written to somebody who calls");
};

function open(input: unknown): Account {
  const { number } = parseConfig(Config, "telephone number", input);
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
