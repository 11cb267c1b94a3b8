import { AppError, WebhookFailure as Failure, type WebhookFailure } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { WebhookDeliveryRow, WebhookRow } from "../../store/schema-webhooks.ts";
import { withTimeout } from "../../with-timeout.ts";
import { secretsOf, signature } from "./secrets.ts";
import { askedFor, TIMEOUT_MS } from "./times.ts";

const ANSWER_BYTES = 1_024;

/** How an attempt ended. */
export interface Ending {
  readonly at: number;
  readonly durationMs: number | null;
  readonly status: number | null;
  readonly failure: WebhookFailure | null;
  readonly answer: string;
  /** What the receiver asks us to wait, in milliseconds. */
  readonly askedMs: number;
}

export const isDelivered = ({ status }: Ending): boolean => status !== null && status >= 200 && status < 300;

interface Parcel {
  readonly webhook: WebhookRow;
  readonly delivery: WebhookDeliveryRow;
  /** The gateway stops. */
  readonly stop: AbortSignal;
}

/** Makes one attempt. Never throws: whatever happens is an ending. */
export async function attempt(ctx: Ctx, { webhook, delivery: d, stop }: Parcel): Promise<Ending> {
  const { clock } = ctx;
  const at = clock.now();
  const from = clock.elapsed();
  const took = () => Math.round(clock.elapsed() - from);
  try {
    const { status, answer, retryAfter } = await withTimeout(clock, TIMEOUT_MS, (signal) =>
      ctx.post(webhook.url, {
        headers: headersOf(ctx, webhook, d),
        body: d.body,
        signal: AbortSignal.any([signal, stop]),
        answerBytes: ANSWER_BYTES,
      }),
    );
    const askedMs = askedFor(retryAfter, clock.now());
    return { at, durationMs: took(), status, failure: null, answer, askedMs };
  } catch (error) {
    const failure = stop.aborted ? "interrupted" : failureOf(error);
    if (failure === null) ctx.log.error({ err: error, delivery: d.id }, "webhook attempt ended badly");
    return { at, durationMs: took(), status: null, failure: failure ?? "connection", answer: "", askedMs: 0 };
  }
}

function headersOf(ctx: Ctx, webhook: WebhookRow, { id, body }: WebhookDeliveryRow): Record<string, string> {
  const now = ctx.clock.now();
  const seconds = Math.floor(now / 1_000);
  return {
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signature(secretsOf(ctx, webhook), { id, seconds, body, now }),
  };
}

function failureOf(error: unknown): WebhookFailure | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === "timeout") return "timeout";
  const known = Failure.safeParse(error.details?.["failure"]);
  return known.success ? known.data : null;
}
