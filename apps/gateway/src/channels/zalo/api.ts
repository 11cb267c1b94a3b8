import { createHmac } from "node:crypto";
import { AppError, cleanText } from "@tongdai/shared";
import { z } from "zod";
import { type NoAnswer, noAnswer } from "../kit/connection.ts";
import { exactJson } from "../kit/exact-json.ts";
import type { ZaloConfig } from "./config.ts";
import { STALE_TOKEN } from "./template-errors.ts";
import type { TokenSource } from "./tokens.ts";

export interface ApiRequest {
  readonly method: "GET" | "POST";
  /** Templates have a host of their own. */
  readonly door?: "business";
  /** With a leading slash and the version. */
  readonly path: string;
  /** Travels as JSON in the parameter `data` of a GET. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Parameters of their own, which the door of templates takes. */
  readonly query?: Readonly<Record<string, string>>;
  /** An object travels as JSON, a form as multipart. */
  readonly body?: Readonly<Record<string, unknown>> | FormData;
}

export interface Refusal {
  readonly kind: "refused";
  readonly code: number;
  /** The vendor's own words without our secrets. */
  readonly detail: string;
}

/** What became of a request. Only `refused`, `unreachable` and `no_token` prove that nothing happened at the vendor. */
export type Trouble =
  | Refusal
  /** Answered, but not by the vendor's JSON: a proxy or an outage page. */
  | { readonly kind: "garbled"; readonly status: number; readonly detail: string }
  /** Nothing was asked, for want of a token. `login`: somebody must connect the account again. */
  | { readonly kind: "no_token"; readonly login: boolean; readonly detail: string }
  | NoAnswer;

export type ApiAnswer = { readonly kind: "ok"; readonly data: unknown } | Trouble;

export type Api = (request: ApiRequest, signal: AbortSignal) => Promise<ApiAnswer>;

/** Nearly every answer is HTTP 200; what happened stands in `error`. */
const Answer = z.object({
  error: z.coerce.number().int(),
  message: z.string().catch(""),
  data: z.unknown().optional(),
});

/** The token is not, or no longer, good: another one may be. */
const STALE = new Set([-216, -220, STALE_TOKEN]);

/** @returns the one way of this account to the vendor's API; never rejects */
export function apiOf(config: ZaloConfig, tokens: TokenSource, send: typeof fetch): Api {
  async function once(request: ApiRequest, token: string, signal: AbortSignal): Promise<ApiAnswer> {
    const proof = proofOf(config.appSecret, token);
    const clean = cleaner([token, proof, config.appSecret, config.oaSecret]);
    const base = request.door === "business" ? config.businessUrl : config.apiUrl;
    const url = new URL(base + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    if (request.data) url.searchParams.set("data", JSON.stringify(request.data));
    const { body } = request;
    const isForm = body instanceof FormData;
    try {
      // A redirect followed would carry the token to whoever asked for it.
      const response = await send(url, {
        method: request.method,
        headers: {
          access_token: token,
          ...(config.proof && { appsecret_proof: proof }),
          ...(body && !isForm && { "Content-Type": "application/json" }),
        },
        redirect: "manual",
        signal,
        ...(body && { body: isForm ? body : JSON.stringify(body) }),
      });
      return readAnswer(response.status, await response.text(), clean);
    } catch (error) {
      return noAnswer(error, signal, clean);
    }
  }

  return async (request, signal) => {
    const first = await withToken(() => tokens.current());
    if (typeof first !== "string") return first;
    const answer = await once(request, first, signal);
    if (answer.kind !== "refused" || !STALE.has(answer.code)) return answer;
    // A refused request did nothing, so it may be made again.
    const second = await withToken(() => tokens.instead(first));
    return typeof second === "string" ? once(request, second, signal) : second;
  };
}

async function withToken(ask: () => Promise<string>): Promise<string | Trouble> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "no_token", login: error.code === "channel_paused", detail: error.message };
  }
}

function readAnswer(status: number, text: string, clean: (s: string) => string): ApiAnswer {
  const answer = Answer.safeParse(parse(text));
  if (!answer.success) return { kind: "garbled", status, detail: `HTTP ${status} without an answer of Zalo` };
  const { error: code, message, data } = answer.data;
  return code === 0 ? { kind: "ok", data } : { kind: "refused", code, detail: clean(`${message} (${code})`) };
}

function parse(text: string): unknown {
  try {
    return exactJson(text);
  } catch {
    return undefined;
  }
}

const cleaner =
  (secrets: readonly string[]) =>
  (s: string): string =>
    cleanText(secrets.reduce((text, secret) => text.replaceAll(secret, "***"), s)).slice(0, 500);

/** Proof that the holder of the token also knows the app's secret: hex of HMAC-SHA256(key: secret, data: token). */
export const proofOf = (appSecret: string, token: string): string =>
  createHmac("sha256", appSecret).update(token).digest("hex");
