import { z } from "zod";
import { type Recorded, type Reply, type VendorStub, vendorStub } from "../../kit/testing/vendor-stub.ts";

export const stubConfig = {
  appId: "360846524940903967",
  appSecret: "app-secret",
  oaId: "388613280878808645",
  oaSecret: "oa-secret",
} as const;

/** What the store holds for an account that was connected: good for another 20 hours on a clock that begins at `now`. */
export const keptTokens = (now: number, more: object = {}): string =>
  JSON.stringify({
    accessToken: "token-1",
    refreshToken: "refresh-1",
    expiresAt: now + 20 * 3_600_000,
    pasted: null,
    ...more,
  });

/** The vendor says no with HTTP 200. */
export const zaloError = (error: number, message = "told"): Reply => ({ json: { error, message } });

const ok = (data: unknown): Reply => ({ json: { error: 0, message: "Success", data } });

/** Which tokens the vendor takes, and what it gives for a refresh token. */
export interface Door {
  accessToken: string;
  refreshToken: string;
  grants: number;
}

function grant(door: Door, { body, headers }: Recorded): Reply {
  const isOurs = headers["secret_key"] === stubConfig.appSecret && body["app_id"] === stubConfig.appId;
  const isGood =
    (body["grant_type"] === "refresh_token" && body["refresh_token"] === door.refreshToken) ||
    (body["grant_type"] === "authorization_code" &&
      body["code"] === "code-1" &&
      body["code_verifier"] === "verifier");
  if (!isOurs || !isGood) return { json: { error: -14014, error_name: "Invalid refresh token" } };
  door.grants++;
  door.accessToken = `token-${door.grants + 1}`;
  door.refreshToken = `refresh-${door.grants + 1}`;
  return { json: { access_token: door.accessToken, refresh_token: door.refreshToken, expires_in: "90000" } };
}

/** An account in good health whose customer 246845883529197922 may be written to. */
export function healthyAccount(door: Door, request: Recorded, nextId: () => string): Reply {
  const { method, path, headers, query, body } = request;
  if (path === "/v4/oa/access_token") return grant(door, request);
  if (headers["access_token"] !== door.accessToken) return zaloError(-216, "Access token is invalid");
  if (method === "GET" && path === "/v2.0/oa/getoa")
    return ok({ oa_id: stubConfig.oaId, name: "Cửa hàng Sen" });
  if (method === "GET" && path === "/v3.0/oa/user/detail") {
    const isKnown = query.get("data") === '{"user_id":"246845883529197922"}';
    if (!isKnown) return zaloError(-213);
    return ok({ display_name: "Trần Hà", avatar: "https://s120-ava-talk.zadn.vn/1.jpg" });
  }
  if (path.startsWith("/v2.0/oa/upload/"))
    return ok(path.endsWith("/file") ? { token: "file-token" } : { attachment_id: "image-id" });
  if (path === "/v2.0/oa/message" && body["sender_action"] !== undefined) return ok({});
  if (path === "/v2.0/oa/message" || path === "/v3.0/oa/message/cs")
    return ok({
      message_id: nextId(),
      user_id: "246845883529197922",
      quota: { quota_type: "reply", remain: "5" },
    });
  return zaloError(-201);
}

const Sent = z.object({ json: z.object({ data: z.object({ message_id: z.string() }) }) });

export interface ApiStub extends VendorStub {
  readonly door: Door;
}

/** A small server that stands for the vendor's API and its token door, on a free port of this machine. */
export async function apiStub(): Promise<ApiStub> {
  const door: Door = { accessToken: "token-1", refreshToken: "refresh-1", grants: 0 };
  const stub = await vendorStub({
    answer: (request, nextId) => healthyAccount(door, request, nextId),
    isSent: (reply) => Sent.safeParse(reply).success,
  });
  return { ...stub, door };
}
