import type { IncomingMessage } from "node:http";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import { AppError } from "@tongdai/shared";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Ctx } from "../context.ts";
import { isOurHost } from "../realtime/allow-origin.ts";
import { sha256Hex } from "../secrets.ts";
import { bearerOrCookie } from "./caller.ts";

/** Per minute. A person who scrolls through pictures stays below it, a loop does not. */
const REQUESTS_PER_MINUTE = 1_200;

/** Per minute and address, whoever asks: made-up tokens would otherwise be counted each for itself. */
const REQUESTS_PER_ADDRESS = 20_000;

/** Any name may stand before these: vendors sign what they send, and whoever watches over us asks by our machine's name. */
const ANY_HOST = /^\/(webhooks\/|healthz|readyz|metrics)/;

export async function guardAll(
  app: FastifyInstance,
  { config }: Ctx,
  perAddress = REQUESTS_PER_ADDRESS,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...contentSecurityPolicy, "connect-src": [onlyUs(config)] },
    },
    // Files are fetched by the desktop, whose pages have an origin of their own.
    crossOriginResourcePolicy: { policy: "same-site" },
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
    // Names beside ours are not ours to speak for.
    strictTransportSecurity: { includeSubDomains: false },
  });
  app.addHook("onRequest", async ({ url, headers }) => {
    if (ANY_HOST.test(url) || isOurHost(headers.host, config)) return;
    throw new AppError("forbidden", "not our name: TONGDAI_PUBLIC_URL and TONGDAI_ORIGINS say which are");
  });
  limitAddresses(app, perAddress);
  await app.register(rateLimit, {
    global: true,
    max: REQUESTS_PER_MINUTE,
    timeWindow: "1 minute",
    keyGenerator: whoAsks,
    errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
  });
}

/** Vendors send all that they have from a few addresses; their door sheds load in its own way. */
function limitAddresses(app: FastifyInstance, points: number): void {
  const limiter = new RateLimiterMemory({ keyPrefix: "http", points, duration: 60 });
  app.addHook("onRequest", async (request) => {
    if (request.url.startsWith("/webhooks/")) return;
    await limiter.consume(request.ip).catch((refused: { msBeforeNext: number }) => {
      throw tooMany(refused.msBeforeNext);
    });
  });
}

const tooMany = (ms: number): AppError =>
  new AppError("rate_limited", "too many requests", {
    retryAfterSeconds: Math.max(1, Math.ceil(ms / 1_000)),
  });

/** Not every browser takes `'self'` to mean our sockets too. */
const onlyUs =
  (config: Ctx["config"]) =>
  ({ headers: { host } }: IncomingMessage): string =>
    isOurHost(host, config) ? `'self' ws://${host} wss://${host}` : "'self'";

/** `upgrade-insecure-requests` is left out: it would break the client on plain HTTP inside an office. */
const contentSecurityPolicy = {
  "default-src": ["'self'"],
  "base-uri": ["'self'"],
  "font-src": ["'self'", "data:"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
  "img-src": ["'self'", "blob:", "data:"],
  "media-src": ["'self'", "blob:"],
  "object-src": ["'none'"],
  "script-src": ["'self'"],
  "script-src-attr": ["'none'"],
  "style-src": ["'self'", "'unsafe-inline'"],
};

/** An office shares one address, so those who are logged in are counted each for themselves. */
function whoAsks(request: FastifyRequest): string {
  const found = bearerOrCookie(request);
  return found ? sha256Hex(found.token) : request.ip;
}
