import { AppError, ChannelId } from "@tongdai/shared";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Account } from "../channels/channel.ts";
import type { Ctx } from "../context.ts";
import { accountsAt } from "../features/channel-accounts/index.ts";
import type { Metrics } from "./metrics.ts";
import type { Overload } from "./overload.ts";

export interface Delivery {
  readonly channel: ChannelId;
  readonly webhookKey: string;
  /** Exactly the bytes that were signed. */
  readonly raw: Buffer;
}

export interface WebhookDeps {
  /** Resolves once the delivery is durable. */
  readonly receiveDelivery: (ctx: Ctx, delivery: Delivery) => Promise<void>;
  readonly metrics: Metrics;
  readonly overload: Overload;
}

const Params = z.object({ channel: ChannelId, key: z.string().min(1).max(200) });
const BYTES = "application/octet-stream";
const routes = { schema: { hide: true }, config: { rateLimit: false as const } };

/** The vendors' door. Nothing is parsed before its signature is known to be good. */
export async function webhooks(scope: FastifyInstance, ctx: Ctx, deps: WebhookDeps): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(BYTES, { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  // Whatever a vendor calls its body, or forgets to: the signature is over the bytes.
  scope.addHook("onRequest", async ({ raw }) => {
    raw.headers["content-type"] = BYTES;
  });
  shed(scope, deps);

  scope.get("/:channel/:key", routes, async (request, reply) => {
    const { accounts } = await addressee(ctx, request);
    const query = new URL(request.url, "http://gateway").searchParams;
    for (const account of accounts) {
      const body = account.handshake(query);
      if (body !== null) return reply.type("text/plain; charset=utf-8").send(body);
    }
    return reply.code(403).send();
  });

  scope.post("/:channel/:key", routes, async (request, reply) => {
    const outcome = await receive(ctx, deps, request);
    deps.metrics.webhooks.inc({ channel: outcome.channel, outcome: outcome.kind });
    if (outcome.kind === "bad_signature") return reply.code(401).send();
    if ("error" in outcome) throw outcome.error;
    return reply.code(200).send();
  });
}

type Outcome =
  | { kind: "accepted" | "bad_signature"; channel: ChannelId }
  | { kind: "refused"; channel: ChannelId | "unknown"; error: unknown };

async function receive(ctx: Ctx, deps: WebhookDeps, request: FastifyRequest): Promise<Outcome> {
  let channel: ChannelId | "unknown" = "unknown";
  try {
    const found = await addressee(ctx, request);
    channel = found.channel;
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!found.accounts.some((account) => account.verify(raw, request.headers)))
      return { kind: "bad_signature", channel };
    await deps.receiveDelivery(ctx, { channel, webhookKey: found.key, raw });
    return { kind: "accepted", channel };
  } catch (error) {
    return { kind: "refused", channel, error };
  }
}

/** Accounts of one vendor app share a key. Throws `not_found` when there is none. */
async function addressee(
  ctx: Ctx,
  request: FastifyRequest,
): Promise<{ channel: ChannelId; key: string; accounts: readonly Account[] }> {
  const params = Params.safeParse(request.params);
  const accounts = params.success ? await accountsAt(ctx, params.data.channel, params.data.key) : [];
  if (!params.success || accounts.length === 0) throw new AppError("not_found", "no such address");
  return { ...params.data, accounts };
}

/** Refuses before the body is read while there is too much in hand. */
function shed(scope: FastifyInstance, { overload, metrics }: WebhookDeps): void {
  const entered = new WeakMap<FastifyRequest, number>();
  scope.addHook("onRequest", async (request) => {
    const bytes = Number(request.headers["content-length"] ?? 0) || 0;
    try {
      overload.enter(bytes);
    } catch (error) {
      metrics.webhooks.inc({ channel: "unknown", outcome: "shed" });
      throw error;
    }
    entered.set(request, bytes);
  });
  const leave = (request: FastifyRequest) => {
    const bytes = entered.get(request);
    if (bytes === undefined) return;
    entered.delete(request);
    overload.leave(bytes);
  };
  scope.addHook("onResponse", async (request) => leave(request));
  // A vendor that hangs up gets no answer.
  scope.addHook("onRequestAbort", async (request) => leave(request));
}
