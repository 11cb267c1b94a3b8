import { z } from "zod";
import { numericId, parseConfig, secret, vendorUrl } from "../kit/parse-config.ts";

export const FacebookConfig = z.strictObject({
  appId: numericId,
  /** Key of webhook signatures and of `appsecret_proof`. */
  appSecret: secret,
  /** Our own word, repeated by Meta when the callback is saved. */
  verifyToken: secret,
  pageId: numericId,
  pageToken: secret,
  graphUrl: vendorUrl.default("https://graph.facebook.com"),
  /** Meta retires a version about two years after its birth. */
  graphVersion: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default("v25.0"),
});
export type FacebookConfig = z.infer<typeof FacebookConfig>;

export const readConfig = (config: unknown): FacebookConfig =>
  parseConfig(FacebookConfig, "Facebook account", config);
