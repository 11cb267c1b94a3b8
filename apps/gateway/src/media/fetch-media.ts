import type { IncomingMessage } from "node:http";
import { AppError } from "@tongdai/shared";
import { type Resolve, refusal, request, resolveAll } from "./guarded-request.ts";
import type { FetchMedia, MediaStore, StoredMedia } from "./media-store.ts";

const MAX_REDIRECTS = 3;

export interface FetcherOptions {
  readonly media: MediaStore;
  /** `host:port` entries that may be reached by http and at private addresses. */
  readonly allow: readonly string[];
  /** All addresses of a name; the system's resolver unless told. */
  readonly resolve?: Resolve;
}

/** See FetchMedia: the only way by which the gateway fetches an address that somebody outside chose. */
export function guardedFetch(o: FetcherOptions): FetchMedia {
  const resolve = o.resolve ?? resolveAll;
  return async (address, { maxBytes, timeoutMs }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await follow(address, { allow: o.allow, resolve, signal });
      return await keep(o.media, response, maxBytes);
    } catch (error) {
      throw asFailure(error, signal);
    }
  };
}

interface Road {
  readonly allow: readonly string[];
  readonly resolve: Resolve;
  readonly signal: AbortSignal;
}

async function follow(address: string, road: Road): Promise<IncomingMessage> {
  let url = parse(address);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await request(url, road);
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    const { location } = response.headers;
    response.destroy();
    if (status < 300 || status > 399 || location === undefined)
      throw refusal("unavailable", `http_${status}`, `the host answered ${status}`);
    url = parse(location, url);
  }
  throw refusal("unavailable", "redirects", "too many redirects");
}

function parse(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (url === null) throw refusal("forbidden", "refused_address", "not an address");
  return url;
}

async function keep(media: MediaStore, response: IncomingMessage, maxBytes: number): Promise<StoredMedia> {
  const announced = Number(response.headers["content-length"] ?? 0);
  if (announced > maxBytes) {
    response.destroy();
    throw refusal("too_large", "too_large", `announced ${announced} bytes`);
  }
  try {
    return await media.put(response, { maxBytes });
  } finally {
    response.destroy();
  }
}

/** Every failure carries a code for the placeholder that is shown instead of the file. */
function asFailure(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof AppError && error.details?.["failure"] !== undefined) return error;
  if (error instanceof AppError && error.code === "too_large")
    return refusal("too_large", "too_large", error.message);
  if (signal.aborted) return refusal("timeout", "timeout", "the host took too long");
  if (isFromNetwork(error)) return refusal("unavailable", "unreachable", String(error));
  return error;
}

/** The disk fails with codes of the system too, and those are ours to report. */
const isFromNetwork = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  /^(ECONN|EPIPE|EHOST|ENET|ETIMEDOUT|EADDR|ENOTFOUND|EAI_|EPROTO|ERR_TLS|ERR_SSL|HPE_|CERT_|DEPTH_|UNABLE_|SELF_SIGNED|ERR_STREAM_PREMATURE)/.test(
    String(error.code),
  );
