import { cleanText } from "@tongdai/shared";
import type { SendOutcome } from "../channel.ts";
import { type NoAnswer, noAnswer } from "../kit/connection.ts";

/** What became of a request. */
export type HttpAnswer =
  | { readonly kind: "answer"; readonly status: number; readonly body: unknown; readonly headers: Headers }
  /** Not the provider's JSON: a proxy's or an outage's page. */
  | { readonly kind: "garbled"; readonly status: number }
  | NoAnswer;

export interface Request {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request to a provider that answers with JSON; never rejects. */
export async function ask(send: typeof fetch, request: Request, signal: AbortSignal): Promise<HttpAnswer> {
  const { url, method = "POST", headers = {}, body } = request;
  try {
    // A redirect followed would carry the credentials to whoever asked for them.
    const init = {
      method,
      headers,
      redirect: "manual",
      signal,
      ...(body !== undefined && { body }),
    } as const;
    const response = await send(url, init);
    const parsed = parse(await response.text());
    return parsed === undefined
      ? { kind: "garbled", status: response.status }
      : { kind: "answer", status: response.status, body: parsed, headers: response.headers };
  } catch (error) {
    return noAnswer(error, signal, cleanText);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Unanswered = Exclude<HttpAnswer, { kind: "answer" }>;

export const detailOf = (trouble: Unanswered): string =>
  trouble.kind === "garbled" ? `HTTP ${trouble.status} without an answer of the provider` : trouble.detail;

/**
 * What a request that was not answered by the provider means for the message.
 * @param isSafe the provider drops a repetition by our id, so what may have been sent can be sent again
 */
export function unanswered(trouble: Unanswered, isSafe: boolean): SendOutcome {
  const detail = detailOf(trouble);
  if (trouble.kind === "unreachable") return holdAccount("no_answer", detail);
  if (trouble.kind === "garbled") {
    if (trouble.status === 429) return holdAccount("throttled", detail);
    const isStopped = trouble.status >= 300 && trouble.status < 500 && trouble.status !== 408;
    if (isStopped) return again(detail);
  }
  return isSafe ? again(detail) : { kind: "unknown", detail };
}

export const again = (detail: string): SendOutcome => ({
  kind: "retry",
  code: "temporary",
  detail,
  scope: "message",
  afterMs: null,
  attempts: 4,
});

export const holdAccount = (
  code: "no_answer" | "throttled",
  detail: string,
  afterMs: number | null = null,
): SendOutcome => ({ kind: "retry", code, detail, scope: "account", afterMs, attempts: 20 });
