import { splitText, type Ticket } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { homeOfConversation } from "../../store/customer-links.ts";
import type { Tx } from "../../store/index.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { lastTicketNumber, matterOf, ticketOfInteraction } from "../../store/tickets.ts";
import { insert } from "./create.ts";
import { presentTicket } from "./present.ts";

export interface RuleTicket {
  readonly interaction: InteractionRow;
  /** Absent: the customer's first words. */
  readonly subject?: string;
  /** A code that clients translate; the ticket's first comment, said by nobody. */
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly dueAt?: number;
  readonly actorId?: string | null;
}

const MAX_SUBJECT = 200;

/** What an interaction leaves behind that ended unresolved. One ticket an interaction: the linked one if there is any. */
export async function createTicketByRule(tx: Tx, ctx: Ctx, o: RuleTicket): Promise<Ticket> {
  const { interaction } = o;
  // The number first: whoever holds it is alone, so that a ticket made at the same time is seen.
  const last = await lastTicketNumber(tx);
  const linked = await ticketOfInteraction(tx, interaction.id);
  if (linked) return presentTicket(tx, linked);
  const subject = (o.subject ?? (await matterOf(tx, interaction))).replaceAll(/\s+/g, " ").trim();
  return insert(tx, {
    number: last + 1,
    clientId: null,
    homeId: await homeOfConversation(tx, interaction.conversation_id),
    queueId: interaction.queue_id,
    subject: splitText(subject, MAX_SUBJECT)[0] || o.reason,
    comment: { text: o.reason, authorId: null },
    priority: "normal",
    ownerId: interaction.owner_id,
    dueAt: o.dueAt ?? null,
    interactionId: interaction.id,
    actorId: o.actorId ?? null,
    at: ctx.clock.now(),
  });
}
