import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import { AppError } from "@tongdai/shared";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { sha256Hex } from "../secrets.ts";
import { bearerOrCookie } from "./caller.ts";

/** Per minute. A person who scrolls through pictures stays below it, a loop does not. */
const REQUESTS_PER_MINUTE = 1_200;

export async function guardAll(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    // Files are fetched by the desktop, whose pages have an origin of their own.
    crossOriginResourcePolicy: { policy: "same-site" },
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
    // Names beside ours are not ours to speak for.
    strictTransportSecurity: { includeSubDomains: false },
  });
  await app.register(rateLimit, {
    global: true,
    max: REQUESTS_PER_MINUTE,
    timeWindow: "1 minute",
    keyGenerator: whoAsks,
    errorResponseBuilder: (_request, { ttl }) =>
      new AppError("rate_limited", "too many requests", {
        retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1_000)),
      }),
  });
}

/** `upgrade-insecure-requests` is left out: it would break the client on plain HTTP inside an office. */
const contentSecurityPolicy = {
  "default-src": ["'self'"],
  "base-uri": ["'self'"],
  "connect-src": ["'self'", "ws:", "wss:"],
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
