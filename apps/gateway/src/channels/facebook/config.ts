import { AppError } from "@tongdai/shared";
import { z } from "zod";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Sent as a header or key: a stray line end from copy and paste must be told at once, not at the first send. */
const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces");

const numericId = z
  .string()
  .trim()
  .regex(/^\d{1,30}$/, "must be an id made of digits");

/** The page token travels with every request, so plain HTTP is for a peer on the same machine only. */
const graphUrl = z
  .url({ protocol: /^https?$/ })
  // Checks after a failed one still run, and must bear what is no address.
  .refine((s) => {
    const url = URL.parse(s);
    return url?.protocol === "https:" || LOOPBACK.has(url?.hostname ?? "");
  }, "must be https, or http on this machine")
  .transform((s) => s.replace(/\/+$/, ""));

export const FacebookConfig = z.strictObject({
  appId: numericId,
  /** Key of webhook signatures and of `appsecret_proof`. */
  appSecret: secret,
  /** Our own word, repeated by Meta when the callback is saved. */
  verifyToken: secret,
  pageId: numericId,
  pageToken: secret,
  graphUrl: graphUrl.default("https://graph.facebook.com"),
  /** Meta retires a version about two years after its birth. */
  graphVersion: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default("v25.0"),
});
export type FacebookConfig = z.infer<typeof FacebookConfig>;

/** @throws AppError `invalid_input`; `details.fields` maps each bad field to what is wrong with it, never to its value */
export function parseConfig(config: unknown): FacebookConfig {
  const parsed = FacebookConfig.safeParse(config);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".") || "config"];
    for (const name of names) fields[name] ??= issue.message;
  }
  throw new AppError("invalid_input", `Facebook account: check ${Object.keys(fields).join(", ")}`, {
    fields,
  });
}
