import { statfs } from "node:fs/promises";
import { AppError } from "@tongdai/shared";
import type { FastifyInstance, FastifyRequest } from "fastify";
import ipaddr from "ipaddr.js";
import type { Ctx } from "../context.ts";
import { isOurHost } from "../realtime/allow-origin.ts";
import { sha256Hex } from "../secrets.ts";
import { writeSetting } from "../store/settings.ts";
import type { Metrics } from "./metrics.ts";

/** Below this, files and the store's log may not fit any more. */
const MIN_FREE_BYTES = 200 * 1024 * 1024;
/** Whoever asks more often gets the last answer: each look is a write. */
const LOOK_EVERY_MS = 1_000;

const hidden = { schema: { hide: true }, config: { rateLimit: false as const } };

export interface HealthDeps {
  readonly metrics: Metrics;
  /** Free bytes where the data lies; the file system's word unless told. */
  readonly freeBytes?: (dir: string) => Promise<number>;
}

export function healthRoutes(app: FastifyInstance, ctx: Ctx, deps: HealthDeps): void {
  const look = latest(ctx, () => readiness(ctx, deps.freeBytes ?? freeBytes));
  // The process lives; nothing else is asked.
  app.get("/healthz", hidden, async () => ({ ok: true }));
  app.get("/readyz", hidden, async (_request, reply) => {
    const checks = await look();
    const ok = Object.values(checks).every((c) => c === "ok");
    // Without them calls fail and everything else goes on: no reason to be sent nobody.
    const beside = Object.entries(ctx.telephony?.health() ?? {}).map(([k, v]) => [k, v ? "ok" : "failed"]);
    return reply.code(ok ? 200 : 503).send({ ok, checks: { ...checks, ...Object.fromEntries(beside) } });
  });
  app.get("/metrics", hidden, async (request, reply) => {
    if (!mayReadMetrics(ctx, request)) throw new AppError("not_found", "no such address");
    return reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
  });
}

async function readiness(ctx: Ctx, free: (dir: string) => Promise<number>): Promise<Record<string, string>> {
  const check = (pending: Promise<boolean>) =>
    pending.then(
      (good) => (good ? "ok" : "failed"),
      () => "failed",
    );
  const [store, disk] = await Promise.all([
    // A real write of no consequence.
    check(ctx.store.write((tx) => writeSetting(tx, "probe", String(ctx.clock.now()))).then(() => true)),
    check(free(ctx.config.dataDir).then((bytes) => bytes >= MIN_FREE_BYTES)),
  ]);
  return { store, disk };
}

async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

function latest<T>(ctx: Ctx, look: () => Promise<T>): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | null = null;
  return () => {
    const at = ctx.clock.now();
    if (!last || Math.abs(at - last.at) >= LOOK_EVERY_MS) last = { at, answer: look() };
    return last.answer;
  };
}

/** With a token for whoever has it; without one, for programs on this machine that came here directly. */
function mayReadMetrics(ctx: Ctx, request: FastifyRequest): boolean {
  const { metricsToken } = ctx.config;
  if (metricsToken !== null)
    // Digests of equal length make the comparison independent of the token.
    return sha256Hex(request.headers.authorization ?? "") === sha256Hex(`Bearer ${metricsToken}`);
  const { host, "x-forwarded-for": forwarded } = request.headers;
  return forwarded === undefined && isLoopback(request.ip) && isOurHost(host, ctx.config);
}

const isLoopback = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";
