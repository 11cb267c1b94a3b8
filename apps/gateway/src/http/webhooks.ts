import { AppError, ChannelId } from "@tongdai/shared";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Account, WebhookRequest } from "../channels/channel.ts";
import type { Ctx } from "../context.ts";
import { accountsAt } from "../features/channel-accounts/index.ts";
import { networkOf } from "../features/users/index.ts";
import type { Metrics } from "./metrics.ts";
import type { Overload, Place } from "./overload.ts";

export interface Delivery {
  readonly channel: ChannelId;
  readonly webhookKey: string;
  /** JSON text, verified. */
  readonly body: string;
}

export interface WebhookDeps {
  /** Resolves once the delivery is durable. */
  readonly receiveDelivery: (ctx: Ctx, delivery: Delivery) => Promise<void>;
  readonly metrics: Metrics;
  readonly overload: Overload;
}

const Params = z.object({ channel: ChannelId, key: z.string().min(1).max(200) });
const BYTES = "application/octet-stream";
/** Vendors send a body in one go; who takes longer holds a place that others need. */
const BODY_MS = 10_000;
const routes = { schema: { hide: true }, config: { rateLimit: false as const } };

/** The vendors' door. Nothing is parsed before its signature is known to be good. */
export async function webhooks(scope: FastifyInstance, ctx: Ctx, deps: WebhookDeps): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(BYTES, { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  // Whatever a vendor calls its body, or forgets to: the signature is over the bytes.
  scope.addHook("onRequest", async ({ raw }) => {
    raw.headers["content-type"] = BYTES;
  });
  scope.decorateRequest("addressee", null);
  scope.addHook("onRequest", async (request, reply) => {
    const addressee = await addresseeOf(ctx, request);
    if (addressee) return request.setDecorator("addressee", addressee);
    deps.metrics.webhooks.inc({ channel: "unknown", outcome: "refused" });
    // Nobody will read the body: the line ends with the answer.
    reply.header("connection", "close");
    throw new AppError("not_found", "no such address");
  });
  shed(scope, ctx, deps);

  scope.get("/:channel/:key", routes, async (request, reply) => {
    const query = new URL(request.url, "http://gateway").searchParams;
    for (const account of request.getDecorator<Addressee>("addressee").accounts) {
      const body = account.handshake(query);
      if (body !== null) return reply.type("text/plain; charset=utf-8").send(body);
    }
    return receive(request, reply, 403);
  });

  // The answer has no body for a browser to be guarded from, and making the headers takes longer than the signature.
  scope.post("/:channel/:key", { ...routes, helmet: false }, (request, reply) =>
    receive(request, reply, 401),
  );

  async function receive(
    request: FastifyRequest,
    reply: FastifyReply,
    refused: 401 | 403,
  ): Promise<FastifyReply> {
    const { channel, webhookKey, accounts } = request.getDecorator<Addressee>("addressee");
    const count = (outcome: string) => deps.metrics.webhooks.inc({ channel, outcome });
    const { whenForged, decode } = ctx.channels.get(channel);
    const webhook = asCalled(ctx, request);
    if (!accounts.some((account) => account.verify(webhook))) {
      count("bad_signature");
      return reply.code(whenForged === "drop" ? 200 : refused).send();
    }
    try {
      const body = decode ? decode(webhook) : webhook.raw.toString("utf8");
      await deps.receiveDelivery(ctx, { channel, webhookKey, body });
    } catch (error) {
      count("refused");
      throw error;
    }
    count("accepted");
    return reply.code(200).send();
  }
}

/** The vendor signs the address that it calls, which a proxy on the way may have changed: ours is the configured one. */
function asCalled(ctx: Ctx, request: FastifyRequest): WebhookRequest {
  return {
    method: request.method === "GET" ? "GET" : "POST",
    url: new URL(request.url, ctx.config.publicUrl ?? `http://${request.host}`),
    headers: request.headers,
    raw: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}

interface Addressee {
  readonly channel: ChannelId;
  readonly webhookKey: string;
  /** Accounts of one vendor app share a key. */
  readonly accounts: readonly Account[];
}

async function addresseeOf(ctx: Ctx, request: FastifyRequest): Promise<Addressee | null> {
  const params = Params.safeParse(request.params);
  if (!params.success) return null;
  const { channel, key } = params.data;
  const accounts = await accountsAt(ctx, channel, key);
  return accounts.length === 0 ? null : { channel, webhookKey: key, accounts };
}

/** Refuses before the body is read while there is too much in hand, and gives up on bodies that do not come. */
function shed(scope: FastifyInstance, ctx: Ctx, { overload, metrics }: WebhookDeps): void {
  const places = new WeakMap<FastifyRequest, Place>();
  scope.addHook("onRequest", async (request) => {
    const place = enter(request);
    const undo = ctx.clock.after(BODY_MS, () => request.raw.destroy());
    places.set(request, {
      arrived() {
        undo();
        place.arrived();
      },
      leave() {
        undo();
        place.leave();
      },
    });
  });
  function enter(request: FastifyRequest): Place {
    try {
      return overload.enter(networkOf(request.ip), bytesOf(request));
    } catch (error) {
      metrics.webhooks.inc({ channel: "unknown", outcome: "shed" });
      throw error;
    }
  }
  scope.addHook("preHandler", async (request) => places.get(request)?.arrived());
  scope.addHook("onResponse", async (request) => places.get(request)?.leave());
  // A vendor that hangs up gets no answer.
  scope.addHook("onRequestAbort", async (request) => places.get(request)?.leave());
}

/** A body that comes in chunks may become as long as any. */
function bytesOf({ headers, routeOptions: { bodyLimit } }: FastifyRequest): number {
  if (headers["transfer-encoding"] !== undefined) return bodyLimit;
  return Math.min(Number(headers["content-length"] ?? 0) || 0, bodyLimit);
}
