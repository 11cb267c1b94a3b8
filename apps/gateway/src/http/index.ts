import Fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Ctx } from "../context.ts";
import { newId } from "../ids.ts";
import { restApi } from "./api.ts";
import { connectRoute } from "./connect.ts";
import { describeApi, docs } from "./docs.ts";
import { answerError, answerNotFound } from "./errors.ts";
import { type HealthDeps, healthRoutes } from "./health.ts";
import { addGauges, createMetrics, type Metrics } from "./metrics.ts";
import { type OverloadLimits, watchLoad } from "./overload.ts";
import { guardAll } from "./security.ts";
import { webClient } from "./static.ts";
import { webCallRoutes } from "./web-calls.ts";
import { type WebhookDeps, webhooks } from "./webhooks.ts";

export { createMetrics, type Metrics, withCommitTimes } from "./metrics.ts";
export type { Delivery } from "./webhooks.ts";

export interface HttpDeps extends Pick<WebhookDeps, "receiveDelivery">, Pick<HealthDeps, "freeBytes"> {
  /** Where others count too; made here unless given. */
  readonly metrics?: Metrics;
  readonly socketsConnected?: () => number;
  readonly limits?: Partial<OverloadLimits>;
  /** A minute. */
  readonly requestsPerAddress?: number;
}

const BODY_LIMIT = 1024 * 1024;
/** The whole of a request, so that a trickle does not hold a place for ever; a large file on a slow line takes minutes. */
const REQUEST_TIMEOUT_MS = 300_000;

/** The HTTP door, ready to listen: REST, webhooks, files, the web client, health and metrics. */
export async function createHttp(ctx: Ctx, deps: HttpDeps): Promise<FastifyInstance> {
  const { config } = ctx;
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // The nearest hop is ours; what stands before it in the header anybody may have written.
    trustProxy: config.trustProxy ? (_address, hop) => hop === 0 : false,
    genReqId: newId,
    // Addresses that fit no route at all are refused before any handler of ours.
    frameworkErrors: (error, request, reply) => void answerError(ctx)(error, request, reply),
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError(ctx));

  const metrics = deps.metrics ?? createMetrics();
  const overload = watchLoad(deps.limits);
  app.addHook("onClose", async () => overload.close());
  addGauges(metrics, ctx, {
    loopDelay: overload.loopDelay,
    socketsConnected: deps.socketsConnected ?? (() => 0),
  });
  measure(app, metrics);
  closeWhatIsIdle(app);

  await guardAll(app, ctx, deps.requestsPerAddress);
  await describeApi(app);
  await app.register((scope) => restApi(scope, ctx), { prefix: "/api/v1" });
  await app.register((scope) => webhooks(scope, ctx, { ...deps, metrics, overload }), {
    prefix: "/webhooks",
  });
  await app.register(async (scope) => webCallRoutes(scope, ctx), { prefix: "/web-call" });
  connectRoute(app, ctx);
  healthRoutes(app, ctx, { ...deps, metrics });
  docs(app);
  if (config.webRoot === null) app.setNotFoundHandler(answerNotFound);
  else await webClient(app, config.webRoot);
  return app;
}

/** Closing closes the connections that are idle at that moment; one that still answers would be kept alive for a minute more. */
function closeWhatIsIdle(app: FastifyInstance): void {
  app.addHook("onResponse", async () => {
    if (!app.server.listening) setImmediate(() => app.server.closeIdleConnections());
  });
}

function measure(app: FastifyInstance, { httpSeconds }: Metrics): void {
  app.addHook("onRequest", async (request, reply) => void reply.header("x-request-id", request.id));
  app.addHook("onResponse", async (request, reply) => {
    const labels = {
      method: request.method,
      // The pattern and not the address: ids would make a series each.
      route: request.routeOptions.url ?? "none",
      status: String(reply.statusCode),
    };
    httpSeconds.observe(labels, reply.elapsedTime / 1_000);
  });
}
