import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { fromJson } from "../../store/json.ts";
import type { WebhookRow } from "../../store/schema-webhooks.ts";

/** Standard Webhooks: 24 to 64 bytes, base64, behind a prefix by which scanners of leaked secrets know it. */
const BYTES = 32;
const PREFIX = "whsec_";
/** How long the secret before the present one still signs. */
const OVERLAP_MS = 24 * 60 * 60_000;

/** The newest first; the others sign until their time. */
const Secrets = z.array(z.object({ secret: z.string(), until: z.number().nullable() }));
type Secrets = z.infer<typeof Secrets>;

export const newSecret = (): string => PREFIX + randomBytes(BYTES).toString("base64");

export const sealed = (ctx: Pick<Ctx, "secrets">, secrets: Secrets): string =>
  ctx.secrets.seal(JSON.stringify(secrets));

/** Throws when they were sealed with another key. */
export const secretsOf = (ctx: Pick<Ctx, "secrets">, row: Pick<WebhookRow, "secrets">): Secrets =>
  fromJson(Secrets, ctx.secrets.open(row.secrets));

/** A new secret, beside which the one before it holds for a while. */
export function rotated(ctx: Ctx, row: WebhookRow): { secret: string; secrets: string } {
  const secret = newSecret();
  const [present] = stillOpen(ctx, row);
  const old = present ? [{ secret: present.secret, until: ctx.clock.now() + OVERLAP_MS }] : [];
  return { secret, secrets: sealed(ctx, [{ secret, until: null }, ...old]) };
}

/** With another key there is nothing left that could be kept. */
function stillOpen(ctx: Ctx, row: WebhookRow): Secrets {
  try {
    return secretsOf(ctx, row);
  } catch {
    return [];
  }
}

export function oldSecretUntil(ctx: Ctx, row: WebhookRow): number | null {
  const until = stillOpen(ctx, row)[1]?.until ?? null;
  return until !== null && until > ctx.clock.now() ? until : null;
}

/** The value of `webhook-signature`: one signature for each secret that holds, of id, seconds and body. */
export function signature(
  secrets: Secrets,
  o: { id: string; seconds: number; body: string; now: number },
): string {
  return secrets
    .filter(({ until }) => until === null || until > o.now)
    .map(({ secret }) => {
      const key = Buffer.from(secret.slice(PREFIX.length), "base64");
      return `v1,${createHmac("sha256", key).update(`${o.id}.${o.seconds}.${o.body}`).digest("base64")}`;
    })
    .join(" ");
}
