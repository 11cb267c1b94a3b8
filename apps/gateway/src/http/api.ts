import cookie from "@fastify/cookie";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Ctx } from "../context.ts";
import { auditRoutes } from "./api-audit.ts";
import { configRoutes } from "./api-config.ts";
import { customerRoutes } from "./api-customers.ts";
import { reportRoutes } from "./api-reports.ts";
import { ticketRoutes } from "./api-tickets.ts";
import { demoRoutes } from "./demo.ts";
import { letterRoutes } from "./letters.ts";
import { mediaRoutes } from "./media.ts";
import { guardOrigin } from "./origin.ts";
import { sessionRoutes } from "./sessions.ts";

/** Routes whose types come from their zod schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Everything under /api/v1. */
export async function restApi(app: FastifyInstance, ctx: Ctx): Promise<void> {
  await app.register(cookie);
  guardOrigin(app, ctx);
  const api: Api = app.withTypeProvider<ZodTypeProvider>();
  sessionRoutes(api, ctx);
  await mediaRoutes(api, ctx);
  letterRoutes(api, ctx);
  ticketRoutes(api, ctx);
  customerRoutes(api, ctx);
  reportRoutes(api, ctx);
  auditRoutes(api, ctx);
  configRoutes(api, ctx);
  demoRoutes(api, ctx);
}
