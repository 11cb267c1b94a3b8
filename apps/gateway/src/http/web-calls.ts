import { AskPass, CallPass } from "@tongdai/shared";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Ctx } from "../context.ts";
import { admitVisitor } from "../features/calls/index.ts";
import type { Api } from "./api.ts";

/** Of everybody at one address: an office whose people all call, not a page that calls by itself. */
const PASSES_PER_MINUTE = 10;

/**
 * Where web pages of others ask to place a call. Any page may ask and read the answer, which says that it may not: nothing here
 * goes by a cookie, and whether its origin is on the number's list is asked each time.
 */
export function webCallRoutes(app: FastifyInstance, ctx: Ctx): void {
  const api: Api = app.withTypeProvider<ZodTypeProvider>();
  api.addHook("onRequest", async (_request, reply) => {
    reply
      .header("access-control-allow-origin", "*")
      .header("access-control-allow-headers", "content-type")
      .header("access-control-expose-headers", "retry-after")
      .header("cache-control", "no-store");
  });
  api.options("/passes", { schema: { hide: true } }, async (_request, reply) =>
    reply.header("access-control-max-age", "600").code(204).send(),
  );
  api.post(
    "/passes",
    {
      config: { rateLimit: { max: PASSES_PER_MINUTE, keyGenerator: (r: FastifyRequest) => r.ip } },
      schema: {
        tags: ["web call"],
        summary: "Let a visitor of a web page place one call",
        security: [],
        body: AskPass,
        response: { 200: CallPass },
      },
    },
    (request) => admitVisitor(ctx, request.body, request.headers.origin),
  );
}
