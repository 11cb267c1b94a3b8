import { AppError, type CommandParsed, type Conversation, Id, type WayObstacle } from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../../context.ts";
import { toConversation } from "../../presenters/conversation.ts";
import { type ConversationView, conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { insertMessage, messagesByClientId } from "../../store/messages.ts";
import { seeConversation } from "../access.ts";
import { audit } from "../audit/index.ts";
import { findOrCreateConversation } from "./find-conversation.ts";
import { journalCreated } from "./journal-message.ts";
import { messageRow } from "./message-row.ts";
import { noteAddress } from "./note-address.ts";
import { recipientOf } from "./recipient.ts";
import { takePart } from "./take-part.ts";

type Input = CommandParsed<"conversation.begin">;

/**
 * The caller writes first to an address, or goes on with a customer by another of theirs: its conversation is made or taken up.
 * A line in it says so, and where there was another conversation a line in each of the two leads to the other. The same
 * `clientId` again gives the same conversation. Throws `invalid_input`, or `window_closed`, `channel_paused`, `opted_out` or
 * `taken`, whose details name the obstacle.
 */
export function begin(ctx: Ctx, caller: Caller, input: Input): Promise<Conversation> {
  return ctx.store.write(async (tx) => {
    const from = await cameFrom(tx, caller, input);
    const [done] = await messagesByClientId(tx, input.clientId);
    if (done) return toConversation(seeConversation(caller, await viewOf(tx, ledTo(done.event))));
    const to = await takePart(tx, ctx, caller, await conversationWith(tx, ctx, { caller, input, from }));
    const { clientId } = input;
    if (from) {
      await leadTo(tx, ctx, caller, { from, to, name: "continued_on", clientId });
      await leadTo(tx, ctx, caller, { from: to, to: from, name: "continued_from", clientId: null });
    } else await leadTo(tx, ctx, caller, { from: to, to, name: "begun", clientId });
    await audit(tx, ctx, {
      by: caller,
      action: "conversation.begun",
      target: to.id,
      detail: { channel: to.channel, ...(from ? { from: from.channel } : {}) },
    });
    return toConversation(await viewOf(tx, to.id));
  });
}

async function cameFrom(tx: Tx, caller: Caller, input: Input): Promise<ConversationView | null> {
  const id = "identityId" in input ? input.fromConversationId : undefined;
  return id === undefined ? null : seeConversation(caller, await conversationById(tx, id));
}

/** What there is with that address, or something new: a letter with a subject begins a thread of its own. */
async function conversationWith(
  tx: Tx,
  ctx: Ctx,
  o: { caller: Caller; input: Input; from: ConversationView | null },
): Promise<ConversationView> {
  const { input } = o;
  const { way, externalId, isThread } = await recipientOf(tx, ctx, o);
  const { account, view, obstacle } = way;
  if (obstacle !== null || !account)
    throw new AppError(refusalOf(obstacle), "this address cannot be used now", { obstacle });
  if (view) return view;
  const at = ctx.clock.now();
  const thread = isThread ? { id: `begun ${input.clientId}`, subject: input.subject } : undefined;
  const made = await findOrCreateConversation(tx, ctx, {
    account,
    externalId,
    at,
    // Whoever knows the name of a number or an address is not the channel's vendor.
    ...(way.capabilities.address === null ? {} : { name: externalId }),
    ...(thread ? { thread } : {}),
  });
  if (made.last_inbound_at === null) await noteAddress(tx, ctx, { view: made, address: externalId, at });
  // Whoever has that address for certain may be somebody we know.
  return viewOf(tx, made.id);
}

function refusalOf(obstacle: WayObstacle | null): "window_closed" | "channel_paused" | "opted_out" | "taken" {
  if (obstacle === "taken" || obstacle === "opted_out") return obstacle;
  return obstacle === "window_closed" || obstacle === "unopened" ? "window_closed" : "channel_paused";
}

/** A line of its own in one conversation that leads to another, or says that it was begun here. */
async function leadTo(
  tx: Tx,
  ctx: Ctx,
  caller: Caller,
  o: { from: ConversationView; to: ConversationView; name: string; clientId: string | null },
): Promise<void> {
  const at = Math.max(ctx.clock.now(), o.from.last_message_at);
  const channel = o.from.id === o.to.id ? {} : { channel: o.to.channel };
  const row = messageRow(o.from, {
    kind: "event",
    direction: "none",
    author_kind: "agent",
    author_id: caller.userId,
    state: "received",
    event: JSON.stringify({ name: o.name, data: { conversationId: o.to.id, ...channel } }),
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
