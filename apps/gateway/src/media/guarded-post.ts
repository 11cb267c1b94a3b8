import type { IncomingMessage } from "node:http";
import { AppError } from "@tongdai/shared";
import { type Resolve, refusal, request, resolveAll } from "./guarded-request.ts";

interface Parcel {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly answerBytes: number;
}

/** See Post of context.ts. `allow`: `host:port` entries that may be reached by http and at private addresses. */
export const guardedPost =
  (o: { allow: readonly string[]; resolve?: Resolve }) =>
  async (address: string, { signal, answerBytes, ...parcel }: Parcel) => {
    const guard = { allow: o.allow, resolve: o.resolve ?? resolveAll, signal };
    const url = URL.parse(address);
    if (url === null) throw refusal("forbidden", "refused_address", "not an address");
    try {
      const response = await request(url, guard, parcel);
      const { "retry-after": retryAfter = null } = response.headers;
      return { status: response.statusCode ?? 0, retryAfter, answer: await beginning(response, answerBytes) };
    } catch (error) {
      throw asFailure(error);
    }
  };

/** The status has come, so whatever happens to the rest of the answer changes nothing. */
async function beginning(response: IncomingMessage, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= most) break;
    }
  } catch {
    // Cut off: what came is what there is.
  }
  response.destroy();
  // A letter that was cut in two ends as U+FFFD; PostgreSQL takes no NUL.
  return Buffer.concat(chunks).subarray(0, most).toString("utf8").replaceAll("\u0000", "");
}

const unreachable = /^(EHOST|ENET|EADDR|ENOTFOUND|EAI_|ECONNREFUSED)/;

function asFailure(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return refusal("unavailable", unreachable.test(code) ? "unreachable" : "connection", String(error));
}
