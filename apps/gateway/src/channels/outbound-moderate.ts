import { AppError, SendFailure } from "@tongdai/shared";
import type { Ctx } from "../context.ts";
import { openAccount } from "../features/channel-accounts/index.ts";
import { moderated, moderationFailed, OutboxPayload } from "../features/conversations/index.ts";
import type { Tx } from "../store/index.ts";
import { fromJson } from "../store/json.ts";
import { messageById } from "../store/messages.ts";
import { removeOutbox } from "../store/outbox.ts";
import { withTimeout } from "../with-timeout.ts";
import { pauseOf, pauseWith } from "./outbound-pause.ts";
import type { Attempt } from "./outbound-send.ts";

const ATTEMPTS = 8;
const TIMEOUT_MS = 15_000;

/** Brings a comment into the state that was asked for. Doing so twice is the same as once, so it is tried until it is told. */
export async function moderateOf(ctx: Ctx, a: Attempt): Promise<void> {
  const { messageId, act } = fromJson(OutboxPayload.moderate, a.row.payload);
  const row = await messageById(ctx.store, messageId);
  const end = (then: (tx: Tx) => Promise<void>): Promise<void> =>
    ctx.store.write(async (tx) => {
      await removeOutbox(tx, a.row.id);
      await then(tx);
    });
  const targetExternalId = row?.external_id ?? null;
  if (targetExternalId === null) return end(() => Promise.resolve());
  try {
    const account = openAccount(ctx, a.account);
    await withTimeout(ctx.clock, TIMEOUT_MS, (signal) =>
      account.act({ kind: "moderate", to: "", targetExternalId, act }, signal),
    );
  } catch (err) {
    ctx.log.warn({ err, account: a.account.id, act }, "a comment is not as it was asked for");
    const pause = pauseOf(err);
    if (pause) return ctx.store.write((tx) => pauseWith(tx, ctx, a, pause));
    const isRefused = err instanceof AppError && err.code === "channel_refused";
    if (!isRefused && a.row.attempts < ATTEMPTS) return a.retryLater({ afterMs: null });
    const code = isRefused ? refusedAs(err) : "no_answer";
    const detail = String(err instanceof Error ? err.message : err).slice(0, 500);
    return end((tx) => moderationFailed(tx, ctx, { messageId, act, error: { code, detail } }));
  }
  await end((tx) => moderated(tx, ctx, { messageId, act }));
}

const refusedAs = (error: AppError): SendFailure =>
  SendFailure.catch("invalid").parse(error.details?.["failure"]);
