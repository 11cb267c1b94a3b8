import { ChannelId } from "@tongdai/shared";
import type { Ctx } from "../context.ts";
import { isPaused, openAccount } from "../features/channel-accounts/index.ts";
import { OutboxPayload } from "../features/conversations/index.ts";
import { accountById, holdAccount } from "../store/accounts.ts";
import type { Tx } from "../store/index.ts";
import { fromJson } from "../store/json.ts";
import { messageById } from "../store/messages.ts";
import { holdOutbox, markTrying, removeOutbox, updateOutbox } from "../store/outbox.ts";
import type { ChannelAccountRow, OutboxRow } from "../store/schema.ts";
import { withTimeout } from "../with-timeout.ts";
import { backoff } from "./backoff.ts";
import { breaker } from "./breaker.ts";
import type { Channel, SendOutcome } from "./channel.ts";
import { fetchMediaOf, fetchPostOf, fetchProfileOf } from "./outbound-fetch.ts";
import { markSending, sendMessageOf, settleUnknown } from "./outbound-message.ts";
import { moderateOf } from "./outbound-moderate.ts";
import { pauseOf, pauseWith } from "./outbound-pause.ts";
import { throttle } from "./throttle.ts";

export interface Sender {
  loadOf(row: OutboxRow): Promise<Load>;
  /** Milliseconds until the row may leave; `held` when its account is paused. */
  mustWait(row: OutboxRow, load: Load): Promise<number | "held">;
  /** Whether the row's vendor has been saying nothing: one message at a time is then enough. */
  isDoubted(row: OutboxRow): boolean;
  /** Marks the attempt. Once that is durable, what is returned makes it and records its end; `null`: there is none to make. */
  mark(tx: Tx, row: OutboxRow, leaseUntil: number): Promise<(() => Promise<void>) | null>;
  /** Records the end of an attempt whose process died. */
  abandon(row: OutboxRow): Promise<void>;
}

/** What a row takes of its account. */
export interface Load {
  readonly account: ChannelAccountRow | undefined;
  /** It carries a file, which is held in memory while it leaves. */
  readonly media: boolean;
  /** Requests a second; infinite where nobody counts. */
  readonly rate: number;
}

/** An attempt's road back to the queue, shared by all kinds. */
export interface Attempt {
  readonly row: OutboxRow;
  readonly account: ChannelAccountRow;
  retryLater(o: { afterMs: number | null }): Promise<void>;
  /** @param ms `null`: the vendor does not say for how long */
  pauseAccount(ms: number | null): void;
  /** Returns whether the vendor must be taken for unreachable now. */
  note(outcome: SendOutcome): boolean;
}

const FETCH_ATTEMPTS = 5;
/** What the vendor's rate is for. */
const COUNTED: ReadonlySet<string> = new Set(["message", "action", "moderate"]);

export function sender(ctx: Ctx, random: () => number): Sender {
  const limits = throttle(ctx.clock);
  const circuit = breaker();

  const attemptOf = (row: OutboxRow, account: ChannelAccountRow): Attempt => ({
    row,
    account,
    pauseAccount: (ms) => (ms === null ? limits.refused(account.id) : limits.pause(account.id, ms)),
    note(outcome) {
      if (outcome.kind === "sent") limits.taken(account.id);
      return circuit.note(account.id, outcome);
    },
    retryLater: async ({ afterMs }) => {
      const nextAt = ctx.clock.now() + (afterMs ?? backoff(row.attempts, random));
      await ctx.store.write((tx) =>
        updateOutbox(tx, row.id, { state: "ready", next_at: nextAt, lease_until: null }),
      );
    },
  });

  return {
    async loadOf(row) {
      const account = await accountById(ctx.store, row.account_id);
      if (!account || !COUNTED.has(row.kind))
        return { account, media: false, rate: Number.POSITIVE_INFINITY };
      const rate = rateOf(ctx, account);
      const media = row.kind === "message" && (await carriesMedia(ctx, row));
      return { account, media, rate: media ? rate.media : rate.text };
    },

    async mustWait(row, { account, media, rate }) {
      if (!account || row.kind === "fetch_media") return 0;
      if (isPaused(account)) {
        await ctx.store.write((tx) => holdBack(tx, account.id));
        return "held";
      }
      return COUNTED.has(row.kind) ? limits.take(account.id, media ? "media" : "text", rate) : 0;
    },

    isDoubted: (row) => row.kind === "message" && circuit.isDoubted(row.account_id),

    async mark(tx, due, leaseUntil) {
      if (!(await markTrying(tx, due.id, leaseUntil))) return null;
      const row = { ...due, attempts: due.attempts + 1 };
      const account = await accountById(tx, row.account_id);
      if (!account) {
        await removeOutbox(tx, row.id);
        return null;
      }
      const attempt = attemptOf(row, account);
      switch (row.kind) {
        case "message": {
          const message = await markSending(tx, ctx, attempt);
          return message && (() => sendMessageOf(ctx, attempt, message));
        }
        case "action":
          return () => act(ctx, attempt);
        case "moderate":
          return () => moderateOf(ctx, attempt);
        case "fetch_post":
          return () => fetchPostOf(ctx, attempt, FETCH_ATTEMPTS);
        case "fetch_media":
          return () => fetchMediaOf(ctx, attempt, FETCH_ATTEMPTS);
        case "fetch_profile":
          return () => fetchProfileOf(ctx, attempt, FETCH_ATTEMPTS);
        default:
          throw new Error(`outbox row of unknown kind ${row.kind}`);
      }
    },

    async abandon(row) {
      if (row.kind === "message")
        return settleUnknown(ctx, row, "the gateway stopped while it was being sent");
      // Everything else may safely be done twice.
      await ctx.store.write((tx) => updateOutbox(tx, row.id, { state: "ready", lease_until: null }));
    },
  };
}

/** By the account's own agreement with its vendor, else by what the channel's vendor lets everybody send. */
function rateOf(ctx: Ctx, account: ChannelAccountRow): Channel["rate"] {
  const { rate } = ctx.channels.get(ChannelId.parse(account.channel));
  try {
    return { ...rate, text: openAccount(ctx, account).perSecond ?? rate.text };
  } catch {
    // It cannot be opened: the attempt will say so.
    return rate;
  }
}

/** The account may have become well since it was looked at. */
async function holdBack(tx: Tx, accountId: string): Promise<void> {
  const account = await holdAccount(tx, accountId);
  if (account && isPaused(account)) await holdOutbox(tx, accountId);
}

async function carriesMedia(ctx: Ctx, row: OutboxRow): Promise<boolean> {
  const { messageId } = fromJson(OutboxPayload.message, row.payload);
  const message = await messageById(ctx.store, messageId);
  return message !== undefined && message.attachments !== "[]";
}

const ACTION_ATTEMPTS = 3;
const ACTION_TIMEOUT_MS = 10_000;

/** A reaction: worth a few tries, then let go. */
async function act(ctx: Ctx, a: Attempt): Promise<void> {
  const { to, targetExternalId, emoji } = fromJson(OutboxPayload.action, a.row.payload);
  try {
    const account = openAccount(ctx, a.account);
    await withTimeout(ctx.clock, ACTION_TIMEOUT_MS, (signal) =>
      account.act({ kind: "reaction", to, targetExternalId, emoji }, signal),
    );
  } catch (err) {
    ctx.log.warn({ err, account: a.account.id }, "a reaction did not reach the vendor");
    const pause = pauseOf(err);
    if (pause) return ctx.store.write((tx) => pauseWith(tx, ctx, a, pause));
    if (a.row.attempts < ACTION_ATTEMPTS) return a.retryLater({ afterMs: null });
  }
  await ctx.store.write((tx) => removeOutbox(tx, a.row.id));
}
