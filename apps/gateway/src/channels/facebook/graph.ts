import { cleanText } from "@tongdai/shared";
import { z } from "zod";
import { type NoAnswer, noAnswer } from "../kit/connection.ts";
import type { FacebookConfig } from "./config.ts";
import { appSecretProof } from "./signature.ts";
import { readUsage, type Usage } from "./usage.ts";

export interface GraphRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below the version, without a leading slash; its parts are already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** An object travels as JSON, a form as multipart. */
  readonly body?: Readonly<Record<string, unknown>> | FormData;
  /** Asked by the app itself and not by the page. */
  readonly byApp?: boolean;
}

/** Shape: Meta, "Handling errors". */
const GraphErrorBody = z.object({
  error: z.object({
    message: z.string().catch(""),
    code: z.coerce.number().int(),
    error_subcode: z.coerce.number().int().optional().catch(undefined),
    fbtrace_id: z.string().optional().catch(undefined),
    is_transient: z.boolean().optional().catch(undefined),
  }),
});

export interface Refusal {
  readonly kind: "refused";
  readonly code: number;
  readonly subcode: number | null;
  readonly transient: boolean;
  readonly status: number;
  /** Meta's own words without our secrets. */
  readonly detail: string;
  readonly usage: Usage;
}

/** What became of a request. Only `refused` and `unreachable` prove that nothing happened at Meta. */
export type Trouble =
  | Refusal
  /** Answered, but not by Graph's JSON: a proxy or an outage page. */
  | { readonly kind: "garbled"; readonly status: number; readonly detail: string; readonly usage: Usage }
  | NoAnswer;

export interface GraphSuccess {
  readonly kind: "ok";
  readonly body: unknown;
  readonly usage: Usage;
  /** Meta's clock when it answered, in whole seconds; `null`: a proxy took the header away. */
  readonly at: number | null;
}

export type GraphAnswer = GraphSuccess | Trouble;

export type Graph = (request: GraphRequest, signal: AbortSignal) => Promise<GraphAnswer>;

/** @returns the one way of this account to Graph; never rejects */
export function graphOf(config: FacebookConfig, send: typeof fetch): Graph {
  const appToken = `${config.appId}|${config.appSecret}`;
  const proofOf = (token: string): string => appSecretProof(config.appSecret, token);
  const proof = proofOf(config.pageToken);
  const secrets = [config.pageToken, config.appSecret, proof];
  const clean = (s: string): string =>
    cleanText(secrets.reduce((text, secret) => text.replaceAll(secret, "***"), s)).slice(0, 500);

  return async (request, signal) => {
    const url = new URL(`${config.graphUrl}/${config.graphVersion}/${request.path}`);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    url.searchParams.set("appsecret_proof", request.byApp ? proofOf(appToken) : proof);
    const form = request.body instanceof FormData;
    const headers: Record<string, string> = {
      Accept: "application/json",
      // In the header the token stays out of the access logs on the way.
      Authorization: `Bearer ${request.byApp ? appToken : config.pageToken}`,
      ...(request.body && !form && { "Content-Type": "application/json" }),
    };
    const body =
      request.body instanceof FormData ? request.body : request.body && JSON.stringify(request.body);
    try {
      // A redirect followed would carry the token to whoever asked for it.
      const response = await send(url, {
        method: request.method,
        headers,
        signal,
        redirect: "manual",
        ...(body && { body }),
      });
      return readAnswer(response, await response.text(), clean);
    } catch (error) {
      return noAnswer(error, signal, clean);
    }
  };
}

function readAnswer(response: Response, text: string, clean: (s: string) => string): GraphAnswer {
  const usage = readUsage(response.headers);
  const { status } = response;
  const body = parseJson(text);
  const failed = GraphErrorBody.safeParse(body);
  if (failed.success) {
    const { code, error_subcode: subcode, message, fbtrace_id: trace, is_transient } = failed.data.error;
    const number = subcode === undefined ? `${code}` : `${code}/${subcode}`;
    const detail = clean(`${message} (${[number, trace].filter(Boolean).join(", ")})`);
    const transient = is_transient ?? false;
    return { kind: "refused", code, subcode: subcode ?? null, transient, status, detail, usage };
  }
  if (response.ok && typeof body === "object" && body !== null) {
    const at = Date.parse(response.headers.get("date") ?? "");
    return { kind: "ok", body, usage, at: Number.isNaN(at) ? null : at };
  }
  return { kind: "garbled", status, detail: `HTTP ${status} without an answer of Graph`, usage };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
