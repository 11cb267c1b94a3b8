import { z } from "zod";
import { numericId, parseConfig, secret, vendorUrl } from "../kit/parse-config.ts";

export const ZaloConfig = z.strictObject({
  appId: numericId,
  /** Opens the token door and, where the app asks for it, makes `appsecret_proof`. */
  appSecret: secret,
  oaId: numericId,
  /** "OA Secret Key" of the console's webhook page: another word than the app's secret. */
  oaSecret: secret,
  /** A refresh token from the vendor's own tool, where an account is not connected by the permission page. */
  refreshToken: secret.optional(),
  /** Where the app's console keeps one code challenge, its verifier; otherwise each attempt makes its own. */
  codeVerifier: z
    .string()
    .trim()
    .regex(/^[\w-]{43}$/, "must be 43 letters, digits, - or _")
    .optional(),
  /** The app has "Verify API calls" switched on. */
  proof: z.boolean().default(false),
  apiUrl: vendorUrl.default("https://openapi.zalo.me"),
  businessUrl: vendorUrl.default("https://business.openapi.zalo.me"),
  oauthUrl: vendorUrl.default("https://oauth.zaloapp.com"),
});
export type ZaloConfig = z.infer<typeof ZaloConfig>;

export const readConfig = (config: unknown): ZaloConfig => parseConfig(ZaloConfig, "Zalo account", config);
