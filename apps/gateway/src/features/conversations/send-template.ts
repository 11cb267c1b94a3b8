import {
  AppError,
  ChannelId,
  type CommandParsed,
  type Message,
  type MessageTemplate,
  readPhoneNumber,
  type TemplateAddress,
  templateProblems,
  templateText,
  templateValues,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toMessage } from "../../presenters/conversation.ts";
import { type ConversationView, conversationById } from "../../store/conversations.ts";
import { identityById, isOptedOutAnywhere } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import { messagesByClientId } from "../../store/messages.ts";
import type { ChannelAccountRow, MessageRow } from "../../store/schema.ts";
import { seeConversation } from "../access.ts";
import { customerSeenBy } from "../customers/index.ts";
import { messageRow } from "./message-row.ts";
import { assertNotOptedOut } from "./opt-out.ts";
import { previewOf } from "./preview.ts";
import { queueMessage } from "./queue-message.ts";
import { assertSwitchedOn, takePart } from "./take-part.ts";
import { templateAccount } from "./template-account.ts";
import { templatesOf } from "./template-cache.ts";
import { templateColumn } from "./template-row.ts";

type Input = CommandParsed<"template.send">;

/**
 * Queues what the vendor has approved beforehand; no reply window concerns it. See `template.send` in the contract for its refusals;
 * also throws `channel_paused`, `opted_out` and `taken`.
 */
export async function sendTemplate(ctx: Ctx, caller: Caller, input: Input): Promise<Message> {
  const seen = seeConversation(caller, await conversationById(ctx.store, input.conversationId));
  const [done] = await messagesByClientId(ctx.store, input.clientId);
  if (done) return repeated(caller, input, done);
  const { accountId } = input;
  const by = await templateAccount(ctx.store, ctx, caller, { view: seen, accountId });
  const template = await usable(ctx, by.id, input);
  const values = checked(template, input.values);
  return ctx.store.write(async (tx) => {
    // The conversation first: it is held from here on, so the same command sent twice at once is seen as done.
    const found = await conversationById(tx, input.conversationId);
    const [before] = await messagesByClientId(tx, input.clientId);
    if (before) return repeated(caller, input, before);
    const held = seeConversation(caller, found);
    const account = await templateAccount(tx, ctx, caller, { view: held, accountId });
    await assertSwitchedOn(tx, { account_id: account.id });
    assertNotOptedOut(held);
    const address = await addressOf(tx, ctx, caller, { view: held, to: input.to, account });
    const view = await takePart(tx, ctx, caller, held);
    const row = messageRow(view, {
      account_id: account.id,
      kind: "message",
      direction: "out",
      author_kind: "agent",
      author_id: caller.userId,
      state: "queued",
      text: templateText(template, values),
      template: templateColumn(template, { ...address, values }),
      client_id: input.clientId,
      at: Math.max(ctx.clock.now(), view.last_message_at),
      created_at: ctx.clock.now(),
    });
    const change = { ...previewOf(row), unread: 0, unanswered_since: null };
    await queueMessage(tx, ctx, { row, view, change });
    if (view.unanswered_since !== null) tx.afterCommit(ctx.wake.router);
    return toMessage(row);
  });
}

function repeated(caller: Caller, { conversationId }: Input, row: MessageRow): Message {
  if (row.author_id !== caller.userId || row.conversation_id !== conversationId)
    throw new AppError("conflict", "the client id belongs to another message");
  return toMessage(row);
}

/** Sent for the price that the sender has seen, or not at all. */
async function usable(ctx: Ctx, accountId: string, { templateId, price }: Input): Promise<MessageTemplate> {
  const { templates } = await templatesOf(ctx, accountId, { refresh: false });
  const template = templates.find(({ id }) => id === templateId);
  if (template?.state !== "ready")
    throw new AppError("conflict", "this template cannot be sent", { reason: "template_unavailable" });
  const isSame = template.price?.amount === price?.amount && template.price?.currency === price?.currency;
  if (!isSame) throw new AppError("conflict", "it costs another price now", { reason: "price_changed" });
  return template;
}

function checked({ params }: MessageTemplate, given: Input["values"]): Record<string, string> {
  const values = templateValues(params, given);
  const problems = templateProblems(params, values);
  if (Object.keys(problems).length > 0)
    throw new AppError("invalid_input", "values do not fit the template", { values: problems });
  return values;
}

interface Address {
  readonly by: TemplateAddress;
  readonly to: string;
}

async function addressOf(
  tx: Tx,
  ctx: Ctx,
  caller: Caller,
  { view, to, account }: { view: ConversationView; to: Input["to"]; account: ChannelAccountRow },
): Promise<Address> {
  const by = to.by === "id" ? "id" : "phone";
  const { capabilities } = ctx.channels.get(ChannelId.parse(account.channel));
  const isStranger = by === "id" && account.id !== view.account_id;
  if (isStranger || !capabilities.templates?.by.includes(by))
    throw badAddress("the channel takes no such address");
  if (to.by === "id") return { by, to: view.identity_external_id };
  const written = to.by === "phone" ? to.phone : await numberOf(tx, ctx, caller, { view, to });
  const phone = readPhoneNumber(written);
  if (phone?.kind !== "mobile" && phone?.kind !== "foreign") throw badAddress("no mobile number");
  // Whoever said stop by one channel is not followed to another one.
  if (await isOptedOutAnywhere(tx, phone.e164))
    throw new AppError("opted_out", "the customer wants no more messages at this number");
  return { by, to: phone.e164 };
}

/** One of the numbers on the customer's card: it is sent to without being shown to whoever may not see it. */
async function numberOf(
  tx: Tx,
  ctx: Ctx,
  caller: Caller,
  { view, to }: { view: ConversationView; to: Extract<Input["to"], { by: "identity" }> },
): Promise<string> {
  const identity = await identityById(tx, to.identityId);
  const card = await customerSeenBy(tx, caller, view.customer_id);
  if (identity?.customer_id !== card.id) throw new AppError("not_found", "no such address of this customer");
  const { capabilities } = ctx.channels.get(ChannelId.parse(identity.channel));
  if (capabilities.address !== "phone") throw badAddress("this address is no telephone number");
  return identity.external_id;
}

const badAddress = (message: string): AppError => new AppError("invalid_input", message, { field: "phone" });
