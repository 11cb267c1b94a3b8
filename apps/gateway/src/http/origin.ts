import { AppError } from "@tongdai/shared";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Ctx } from "../context.ts";
import { allowOrigin } from "../realtime/allow-origin.ts";
import { bearerOrCookie } from "./caller.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Other sites' pages may neither change anything nor read an answer. The desktop's pages, and origins that are configured,
 * read with a token of their own; they never get to use a cookie (no `Allow-Credentials`).
 */
export function guardOrigin(api: FastifyInstance, ctx: Ctx): void {
  api.addHook("onRequest", async (request, reply) => {
    const foreign = isForeign(request);
    if (foreign && allowOrigin(request.raw, ctx.config)) shareWith(request, reply);
    if (request.method === "OPTIONS" && foreign) return reply.code(204).send();
    if (!SAFE.has(request.method)) assertMayChange(ctx, request);
    return undefined;
  });
  // The hook answers; a route must be there for it to run.
  api.options("/*", { schema: { hide: true } }, async (_request, reply) => reply.code(204).send());
}

function isForeign({ headers }: FastifyRequest): boolean {
  return headers.origin !== undefined && URL.parse(headers.origin)?.host !== headers.host;
}

function shareWith({ headers }: FastifyRequest, reply: FastifyReply): void {
  reply
    .header("access-control-allow-origin", headers.origin)
    .header("vary", "Origin")
    .header("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE")
    .header("access-control-allow-headers", "authorization, content-type, range")
    .header("access-control-expose-headers", "content-disposition, content-range, retry-after, x-request-id")
    .header("access-control-max-age", "600");
}

function assertMayChange(ctx: Ctx, request: FastifyRequest): void {
  const known = request.headers.origin !== undefined;
  const good = known ? allowOrigin(request.raw, ctx.config) : bearerOrCookie(request)?.by !== "cookie";
  if (!good) throw new AppError("forbidden", "a request from this page may not change anything");
}
