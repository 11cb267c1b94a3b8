import { createHash } from "node:crypto";
import { AppError, cleanText } from "@tongdai/shared";
import { z } from "zod";
import { noAnswer } from "../kit/connection.ts";
import type { ZaloConfig } from "./config.ts";

/** 90,000 seconds by the documentation; told as a text. */
const Seconds = z.coerce.number().int().positive().max(100_000_000);

const Granted = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: Seconds,
});

const Refused = z.looseObject({
  error: z.union([z.string(), z.number()]).optional(),
  error_name: z.string().optional(),
  error_reason: z.string().optional(),
  error_description: z.string().optional(),
  message: z.string().optional(),
});

export interface Grant {
  readonly accessToken: string;
  /** Good for one use only: the answer to that use brings the next one. */
  readonly refreshToken: string;
  readonly livesMs: number;
}

interface Asking {
  readonly config: Pick<ZaloConfig, "appId" | "appSecret" | "oauthUrl">;
  readonly fetch: typeof fetch;
}

/** BASE64URL of the verifier's SHA-256, without padding. Source: RFC 7636, 4.2. */
export const challengeOf = (verifier: string): string =>
  createHash("sha256").update(verifier).digest("base64url");

/** Where the account's owner gives our app its permission. Source: Zalo for Developers, "OAuth v4". */
export function permissionUrl(
  config: Asking["config"],
  o: { readonly redirectUri: string; readonly verifier: string; readonly state: string },
): string {
  const url = new URL(`${config.oauthUrl}/v4/oa/permission`);
  url.search = new URLSearchParams({
    app_id: config.appId,
    redirect_uri: o.redirectUri,
    code_challenge: challengeOf(o.verifier),
    state: o.state,
  }).toString();
  return url.href;
}

export const grantByCode = (asking: Asking, o: { code: string; verifier: string }): Promise<Grant> =>
  ask(asking, { grant_type: "authorization_code", code: o.code, code_verifier: o.verifier });

export const grantByRefresh = (asking: Asking, refreshToken: string): Promise<Grant> =>
  ask(asking, { grant_type: "refresh_token", refresh_token: refreshToken });

/**
 * @throws AppError `channel_paused` when the vendor will not give a token for this, `unavailable` for what may pass: also
 *   for an answer that got lost, after which the old token may or may not be used up
 */
async function ask({ config, fetch: send }: Asking, fields: Record<string, string>): Promise<Grant> {
  const signal = AbortSignal.timeout(WITHIN_MS);
  const secrets = [config.appSecret, ...Object.values(fields)];
  const clean = (s: string): string =>
    cleanText(secrets.reduce((text, secret) => text.replaceAll(secret, "***"), s)).slice(0, 500);
  let response: Response;
  let text: string;
  try {
    response = await send(`${config.oauthUrl}/v4/oa/access_token`, {
      method: "POST",
      headers: { secret_key: config.appSecret, "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ app_id: config.appId, ...fields }).toString(),
      redirect: "manual",
      signal,
    });
    text = await response.text();
  } catch (error) {
    throw new AppError("unavailable", `no token: ${noAnswer(error, signal, clean).detail}`);
  }
  const body = parse(text);
  const granted = Granted.safeParse(body);
  if (granted.success) {
    const { access_token: accessToken, refresh_token: refreshToken, expires_in } = granted.data;
    return { accessToken, refreshToken, livesMs: expires_in * 1_000 };
  }
  const refused = Refused.safeParse(body);
  // A page of a proxy or of an outage says nothing about the token.
  if (!refused.success || response.status >= 500 || response.status === 429)
    throw new AppError("unavailable", `no token: HTTP ${response.status}`);
  const { error, error_name: name, error_reason: why, error_description: more, message } = refused.data;
  const said = [name, why, more, message, error].filter((s) => s !== undefined && s !== "").join(", ");
  throw new AppError("channel_paused", clean(`Zalo gives no token: ${said || `HTTP ${response.status}`}`), {
    state: "login_needed",
  });
}

const WITHIN_MS = 15_000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
