import { AppError, type CommandParsed, type Conversation, Id, type WayObstacle } from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../../context.ts";
import { toConversation } from "../../presenters/conversation.ts";
import { type ConversationView, conversationById } from "../../store/conversations.ts";
import { identityById } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import { insertMessage, messagesByClientId } from "../../store/messages.ts";
import { seeConversation } from "../access.ts";
import { audit } from "../audit/index.ts";
import { customerSeenBy } from "../customers/index.ts";
import { findOrCreateConversation } from "./find-conversation.ts";
import { journalCreated } from "./journal-message.ts";
import { messageRow } from "./message-row.ts";
import { takePart } from "./take-part.ts";
import { wayBy } from "./ways.ts";

type Input = CommandParsed<"conversation.begin">;

/**
 * The caller goes on with a customer by another of their addresses: its conversation is made or taken up, and a line in each of
 * the two leads to the other. The same `clientId` again gives the same conversation. Throws `window_closed`, `channel_paused` or
 * `taken`, whose details name the obstacle.
 */
export function begin(ctx: Ctx, caller: Caller, input: Input): Promise<Conversation> {
  return ctx.store.write(async (tx) => {
    const from = seeConversation(caller, await conversationById(tx, input.fromConversationId));
    const [done] = await messagesByClientId(tx, input.clientId);
    if (done) return toConversation(await viewOf(tx, ledTo(done.event)));
    const identity = await identityById(tx, input.identityId);
    const card = await customerSeenBy(tx, caller, from.customer_id);
    if (identity?.customer_id !== card.id)
      throw new AppError("not_found", "no such address of this customer");
    const { account, view, obstacle } = await wayBy(tx, ctx, caller, identity);
    if (obstacle !== null || !account)
      throw new AppError(refusalOf(obstacle), "this address cannot be used now", { obstacle });
    const externalId = identity.external_id;
    const at = ctx.clock.now();
    const found = view ?? (await findOrCreateConversation(tx, ctx, { account, externalId, at }));
    const to = await takePart(tx, ctx, caller, found);
    await leadTo(tx, ctx, caller, { from, to, name: "continued_on", clientId: input.clientId });
    await leadTo(tx, ctx, caller, { from: to, to: from, name: "continued_from", clientId: null });
    await audit(tx, ctx, {
      by: caller,
      action: "conversation.begun",
      target: to.id,
      detail: { channel: to.channel, from: from.channel },
    });
    return toConversation(await viewOf(tx, to.id));
  });
}

function refusalOf(obstacle: WayObstacle | null): "window_closed" | "channel_paused" | "opted_out" | "taken" {
  if (obstacle === "taken" || obstacle === "opted_out") return obstacle;
  return obstacle === "window_closed" || obstacle === "unopened" ? "window_closed" : "channel_paused";
}

/** A line of its own in one conversation that leads to another. */
async function leadTo(
  tx: Tx,
  ctx: Ctx,
  caller: Caller,
  o: { from: ConversationView; to: ConversationView; name: string; clientId: string | null },
): Promise<void> {
  const at = Math.max(ctx.clock.now(), o.from.last_message_at);
  const row = messageRow(o.from, {
    kind: "event",
    direction: "none",
    author_kind: "agent",
    author_id: caller.userId,
    state: "received",
    event: JSON.stringify({ name: o.name, data: { conversationId: o.to.id, channel: o.to.channel } }),
    client_id: o.clientId,
    at,
    created_at: ctx.clock.now(),
  });
  if (!(await insertMessage(tx, row))) throw new AppError("conflict", "this command is being done already");
  journalCreated(tx, ctx, { row, view: o.from });
}

async function viewOf(tx: Tx, id: string): Promise<ConversationView> {
  const view = await conversationById(tx, id);
  if (!view) throw new Error(`conversation ${id} vanished`);
  return view;
}

const Leads = z.object({ data: z.object({ conversationId: Id }) });

/** Where the line of an earlier try leads. Throws `conflict` when the id is another command's. */
function ledTo(event: string | null): string {
  const led = Leads.safeParse(JSON.parse(event ?? "null"));
  if (!led.success) throw new AppError("conflict", "the client id belongs to another command");
  return led.data.data.conversationId;
}
