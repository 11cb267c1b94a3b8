import { startWords, stopWords } from "@tongdai/shared";
import { z } from "zod";
import { parseConfig, secret, vendorUrl } from "../kit/parse-config.ts";

/** A brandname has 3 to 11 letters; a number is written with its +, a short code without. */
const sender = z
  .string()
  .trim()
  .regex(
    /^(?:\+[1-9]\d{6,14}|\d{3,8}|[A-Za-z0-9][A-Za-z0-9 ._&-]{1,10})$/,
    "must be a number or a brandname",
  );

/** Part of the webhook's address: who does not sign shows that they know it. */
const webhookSecret = z
  .string()
  .trim()
  .regex(/^[\w-]{20,100}$/, "must be 20 to 100 letters, digits, - or _");

const count = (from: number, to: number) => z.coerce.number().int().min(from).max(to);
const perSecond = count(1, 1_000);

/** Texts a second: nobody lets an account without an agreement of its own send fewer than one. */
const rate = perSecond.default(1);

/** Whole messages by which customers refuse or agree again: separated by commas. */
const words = (usual: readonly string[]) =>
  z
    .string()
    .trim()
    .max(500)
    .default("")
    .transform((list) => list.split(/[,;\n]/).flatMap((word) => word.trim() || []))
    .transform((list) => (list.length > 0 ? list : usual));

const common = {
  sender,
  perSecond: rate,
  stopWords: words(stopWords),
  startWords: words(startWords),
};

export const EsmsConfig = z.strictObject({
  provider: z.literal("esms"),
  ...common,
  apiKey: secret,
  secretKey: secret,
  webhookSecret,
  /** "2": care with a brandname, "8": from a fixed number. */
  smsType: z.enum(["2", "8"]).default("2"),
  apiUrl: vendorUrl.default("https://rest.esms.vn"),
});

export const SpeedSmsConfig = z.strictObject({
  provider: z.literal("speedsms"),
  ...common,
  accessToken: secret,
  webhookSecret,
  /** 2: from a random number, 3: own brandname, 4: shared brandname, 5: own Android telephone. */
  smsType: z.enum(["2", "3", "4", "5"]).default("3"),
  apiUrl: vendorUrl.default("https://api.speedsms.vn"),
});

export const StringeeConfig = z.strictObject({
  provider: z.literal("stringee"),
  ...common,
  keySid: secret,
  keySecret: secret,
  webhookSecret,
  apiUrl: vendorUrl.default("https://api.stringee.com"),
});

export const TwilioConfig = z.strictObject({
  provider: z.literal("twilio"),
  ...common,
  accountSid: z
    .string()
    .trim()
    .regex(/^AC[0-9a-f]{32}$/, "must begin with AC"),
  authToken: secret,
  /** While the token is being changed at the vendor both are good. */
  secondAuthToken: secret.optional(),
  apiUrl: vendorUrl.default("https://api.twilio.com"),
});

/** Lengths by SMPP 3.4, 4.1: octets without the final NUL. */
export const SmppConfig = z.strictObject({
  provider: z.literal("smpp"),
  ...common,
  host: z
    .string()
    .trim()
    .regex(/^[\w.:-]+$/, "must be a host's name or address"),
  port: count(1, 65_535).default(2775),
  tls: z.stringbool().or(z.boolean()).default(false),
  systemId: secret.pipe(z.string().max(15)),
  password: secret.pipe(z.string().max(8)),
  systemType: z.string().trim().max(12).default(""),
  /** Unanswered requests that the SMSC allows. */
  window: count(1, 100).default(10),
  perSecond: perSecond.default(10),
  /** How a text longer than one part leaves. */
  longTexts: z.enum(["parts", "payload"]).default("parts"),
  /** `other_base`: ids are decimal in receipts and hexadecimal in answers, or the reverse. */
  receiptIds: z.enum(["same", "other_base"]).default("same"),
});

export type SmppConfig = z.infer<typeof SmppConfig>;
export type EsmsConfig = z.infer<typeof EsmsConfig>;
export type SpeedSmsConfig = z.infer<typeof SpeedSmsConfig>;
export type StringeeConfig = z.infer<typeof StringeeConfig>;
export type TwilioConfig = z.infer<typeof TwilioConfig>;

const SmsConfig = z.discriminatedUnion("provider", [
  EsmsConfig,
  SpeedSmsConfig,
  StringeeConfig,
  TwilioConfig,
  SmppConfig,
]);
export type SmsConfig = z.infer<typeof SmsConfig>;

export const readConfig = (config: unknown): SmsConfig => parseConfig(SmsConfig, "SMS account", config);
