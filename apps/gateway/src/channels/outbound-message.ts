import { AppError, type Attachment, type Capabilities, ChannelId, type SendFailure } from "@tongdai/shared";
import type { Ctx } from "../context.ts";
import { openAccount, takeForUnreachable } from "../features/channel-accounts/index.ts";
import {
  attachmentsOf,
  changeMessage,
  continuePrivately,
  markSent,
  noteRefused,
  OutboxPayload,
  obeyOptOut,
  outgoingTemplateOf,
  windowOf,
  windowRefused,
} from "../features/conversations/index.ts";
import { type ConversationView, conversationById } from "../store/conversations.ts";
import { isOptedOutAnywhere } from "../store/customers.ts";
import type { Tx } from "../store/index.ts";
import { fromJson } from "../store/json.ts";
import { mediaById } from "../store/media.ts";
import { messageByExternalId, messageById } from "../store/messages.ts";
import { removeOutbox } from "../store/outbox.ts";
import type { ChannelAccountRow, MessageRow, OutboxRow } from "../store/schema.ts";
import { withTimeout } from "../with-timeout.ts";
import type { Account, OutgoingPart, SendOutcome } from "./channel.ts";
import { heedLate } from "./outbound-late.ts";
import { letterPartOf } from "./outbound-letter.ts";
import { pauseOf, pauseWith } from "./outbound-pause.ts";
import type { Attempt } from "./outbound-send.ts";

const SEND_TIMEOUT_MS = 30_000;

/** One attempt to send one message that is marked, and the record of how it ended. */
export async function sendMessageOf(ctx: Ctx, a: Attempt, message: MessageRow): Promise<void> {
  const outcome = await trySending(ctx, a, message);
  if (outcome.kind !== "failed" && a.note(outcome)) await leaveAlone(ctx, a, outcome);
  if (outcome.kind === "retry" && a.row.attempts < outcome.attempts) {
    if (outcome.scope === "account") a.pauseAccount(outcome.afterMs);
    await backToQueue(ctx, message);
    return a.retryLater({ afterMs: outcome.afterMs });
  }
  await record(ctx, a, { message, outcome });
}

const leaveAlone = (ctx: Ctx, a: Attempt, outcome: SendOutcome): Promise<void> =>
  ctx.store.write((tx) =>
    takeForUnreachable(tx, ctx, {
      accountId: a.account.id,
      detail: "detail" in outcome ? outcome.detail : null,
    }),
  );

async function record(ctx: Ctx, a: Attempt, o: { message: MessageRow; outcome: SendOutcome }): Promise<void> {
  const { message, outcome } = o;
  switch (outcome.kind) {
    case "sent":
      if (outcome.slowDownMs) a.pauseAccount(outcome.slowDownMs);
      return withFresh(ctx, message.id, async (tx, row) => {
        const was = outcome.refused ? await noteRefused(tx, ctx, row, outcome.refused) : row;
        await markSent(tx, ctx, {
          was,
          externalId: outcome.externalId,
          vendorAt: was.vendor_at ?? outcome.notBefore ?? null,
          ...(outcome.partIds && { partIds: outcome.partIds }),
        });
        if (outcome.recipient) await continuePrivately(tx, ctx, { row: was, recipient: outcome.recipient });
      });
    case "unknown":
      if (outcome.restMs) a.pauseAccount(outcome.restMs);
      await settleUnknown(ctx, a.row, outcome.detail);
      if (outcome.late) heedLate(ctx, message.id, outcome.late);
      return;
    case "paused":
      return ctx.store.write(async (tx) => {
        await pauseWith(tx, ctx, a, outcome);
        const row = await messageById(tx, message.id);
        if (row?.state === "sending") await changeMessage(tx, ctx, { was: row, change: { state: "queued" } });
      });
    case "failed":
    case "retry":
      return withFresh(ctx, message.id, (tx, row) => fail(tx, ctx, { row, outcome }));
  }
}

/** In the same commit as the mark of its attempt. @returns `null`: it has left the queue by another road */
export async function markSending(
  tx: Tx,
  ctx: Ctx,
  { row: outbox, account }: Pick<Attempt, "row" | "account">,
): Promise<MessageRow | null> {
  const { messageId } = fromJson(OutboxPayload.message, outbox.payload);
  const row = await messageById(tx, messageId);
  if (row?.state !== "queued") {
    await removeOutbox(tx, outbox.id);
    return null;
  }
  return changeMessage(tx, ctx, { was: row, change: { state: "sending", ...idOf(ctx, account, row) } });
}

/** Where the id is ours to give, it is known before anybody can answer to it. */
function idOf(ctx: Ctx, account: ChannelAccountRow, row: MessageRow): Partial<MessageRow> {
  if (row.external_id !== null) return {};
  try {
    const id = openAccount(ctx, account).idFor?.(row.id);
    return id === undefined ? {} : { external_id: id };
  } catch {
    return {};
  }
}

async function trySending(ctx: Ctx, a: Attempt, message: MessageRow): Promise<SendOutcome> {
  let part: Leaving | SendOutcome;
  try {
    part = await leavingOf(ctx, message);
  } catch (error) {
    return { kind: "failed", code: "attachment_refused", detail: String(error) };
  }
  if ("kind" in part) return part;
  const ready = part;
  const account = accountOf(ctx, a);
  if ("kind" in account) return account;
  try {
    return await withTimeout(ctx.clock, SEND_TIMEOUT_MS, (signal) => ready(account, signal));
  } catch (error) {
    if (error instanceof AppError && error.code === "timeout")
      return { kind: "unknown", detail: "no answer in time" };
    // An adapter promises to answer with an outcome; when it throws all the same, nobody knows what the vendor got.
    ctx.log.error({ err: error, message: message.id }, "the channel failed while sending");
    return { kind: "unknown", detail: String(error) };
  }
}

/** The account, or that nothing leaves it for now. */
function accountOf(ctx: Ctx, a: Attempt): Account | SendOutcome {
  try {
    return openAccount(ctx, a.account);
  } catch (error) {
    const pause = pauseOf(error);
    if (!pause) throw error;
    return { kind: "paused", code: "login_needed", ...pause };
  }
}

/** How a message leaves by its account. */
type Leaving = (account: Account, signal: AbortSignal) => Promise<SendOutcome>;

/** The message as the vendor takes it, or why it cannot leave any more. */
async function leavingOf(ctx: Ctx, message: MessageRow): Promise<Leaving | SendOutcome> {
  const view = await conversationById(ctx.store, message.conversation_id);
  if (!view) return { kind: "failed", code: "invalid", detail: "the conversation is gone" };
  if (view.opted_out_at !== null) return refusedMeanwhile;
  const template = outgoingTemplateOf(message);
  if (template?.by === "phone" && (await isOptedOutAnywhere(ctx.store, template.to))) return refusedMeanwhile;
  if (template)
    return async (account, signal) => (await account.templates?.send(template, signal)) ?? noTemplates;
  const part = await partOf(ctx, { message, view });
  if ("kind" in part) return part;
  return (account, signal) => account.send(part, signal);
}

const refusedMeanwhile: SendOutcome = {
  kind: "failed",
  code: "opted_out",
  detail: "the customer asked for no more meanwhile",
};

const noTemplates: SendOutcome = {
  kind: "failed",
  code: "template_unavailable",
  detail: "the account has no templates",
};

async function partOf(
  ctx: Ctx,
  { message, view }: { message: MessageRow; view: ConversationView },
): Promise<OutgoingPart | SendOutcome> {
  const { capabilities } = ctx.channels.get(ChannelId.parse(view.channel));
  const window = windowOf(ctx, view, capabilities);
  if (window.state === "closed" || window.state === "unopened")
    return { kind: "failed", code: "outside_window", detail: "the window closed while the message waited" };
  const late = await tooLate(ctx, message, capabilities);
  if (late) return late;
  const human = window.state === "human";
  if (human && message.author_kind === "system")
    return { kind: "failed", code: "outside_window", detail: "only a person may still write" };
  const part = await letterPartOf(ctx, message);
  const [attachment] = part ? [] : attachmentsOf(message);
  return {
    messageId: message.id,
    ...(message.sending_id !== null && { sendingId: message.sending_id }),
    to: view.identity_external_id,
    content: attachment ? await fileOf(ctx, attachment) : { kind: "text", text: part?.text ?? message.text },
    replyToExternalId: message.reply_to_external_id,
    human,
    ...(part && { letter: part.letter }),
    ...(view.post_id !== null && {
      answers: {
        comment: message.private_to ?? message.reply_to_external_id ?? view.thread,
        privately: message.private_to !== null,
      },
    }),
  };
}

/** A private answer to a comment has its own time, which may have passed while it waited. */
async function tooLate(
  ctx: Ctx,
  message: MessageRow,
  capabilities: Capabilities,
): Promise<SendOutcome | null> {
  const rule = capabilities.public?.privateReply;
  if (message.private_to === null || !rule) return null;
  const comment = await messageByExternalId(ctx.store, message.account_id, message.private_to);
  if (comment && ctx.clock.now() - comment.at <= rule.within) return null;
  return { kind: "failed", code: "outside_window", detail: "the comment is too old for a private answer" };
}

async function fileOf(ctx: Ctx, attachment: Attachment): Promise<OutgoingPart["content"]> {
  const media = attachment.mediaId ? await mediaById(ctx.store, attachment.mediaId) : undefined;
  if (!media) throw new Error("the file is gone");
  const kind =
    attachment.kind === "image" || attachment.kind === "video" || attachment.kind === "audio"
      ? attachment.kind
      : "file";
  return { kind, name: media.name, mime: media.mime, bytes: await ctx.media.read(media.hash) };
}

/** Nobody knows whether it went out: it leaves the queue, and the agent decides. An echo may still prove it. */
export async function settleUnknown(ctx: Ctx, outbox: OutboxRow, detail: string): Promise<void> {
  const { messageId } = fromJson(OutboxPayload.message, outbox.payload);
  await ctx.store.write(async (tx) => {
    await removeOutbox(tx, outbox.id);
    const row = await messageById(tx, messageId);
    if (row?.state !== "sending" && row?.state !== "queued") return;
    const error = JSON.stringify({ code: "no_answer", detail: detail.slice(0, 500) });
    await changeMessage(tx, ctx, { was: row, change: { state: "unknown", error } });
  });
}

async function fail(
  tx: Tx,
  ctx: Ctx,
  o: { row: MessageRow; outcome: { code: SendFailure; detail: string } },
): Promise<void> {
  await removeOutbox(tx, o.row.id);
  if (o.row.state !== "sending") return;
  const error = JSON.stringify({ code: o.outcome.code, detail: o.outcome.detail.slice(0, 500) });
  await changeMessage(tx, ctx, { was: o.row, change: { state: "failed", error } });
  if (o.outcome.code === "opted_out") await vendorOptedOut(tx, ctx, o.row);
  if (o.outcome.code === "outside_window") await windowRefused(tx, ctx, o.row);
}

/** The customer said it to the vendor, which obeys it whatever we do. What goes to a number says nothing of another address. */
async function vendorOptedOut(tx: Tx, ctx: Ctx, row: MessageRow): Promise<void> {
  if (outgoingTemplateOf(row)?.by === "phone") return;
  const view = await conversationById(tx, row.conversation_id);
  if (view) await obeyOptOut(tx, ctx, { view, word: "stop", at: ctx.clock.now() });
}

const backToQueue = (ctx: Ctx, message: MessageRow): Promise<void> =>
  withFresh(ctx, message.id, async (tx, row) => {
    if (row.state === "sending") await changeMessage(tx, ctx, { was: row, change: { state: "queued" } });
  });

/** With the message as it is now: an echo may have moved it while the vendor was answering. */
const withFresh = (
  ctx: Ctx,
  messageId: string,
  run: (tx: Tx, row: MessageRow) => Promise<void>,
): Promise<void> =>
  ctx.store.write(async (tx) => {
    const row = await messageById(tx, messageId);
    if (row) await run(tx, row);
  });
