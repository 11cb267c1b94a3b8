import { ChannelId, type CommandOutput, Ticket, type TicketHistoryEntry } from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../../context.ts";
import { talksOfTicket } from "../../store/interactions.ts";
import { fromJson } from "../../store/json.ts";
import { commentsOf } from "../../store/tickets.ts";
import { ticketJournal } from "../../store/timeline.ts";
import { sightOf } from "../access.ts";
import { presentTicket, toComment } from "./present.ts";
import { seeTicket } from "./see.ts";

const MAX_HISTORY = 500;

export async function get(ctx: Ctx, caller: Caller, ticketId: string): Promise<CommandOutput<"ticket.get">> {
  const row = await seeTicket(ctx.store, caller, ticketId);
  const [ticket, comments, journal, talks] = await Promise.all([
    presentTicket(ctx.store, row),
    commentsOf(ctx.store, ticketId),
    ticketJournal(ctx.store, ticketId, MAX_HISTORY),
    talksOfTicket(ctx.store, { ticketId, customerId: row.customer_id, sight: sightOf(caller) }),
  ]);
  return {
    ticket,
    comments: comments.map(toComment),
    history: historyOf(journal),
    talks: talks.map((t) => ({
      interactionId: t.id,
      conversationId: t.conversation_id,
      accountId: t.account_id,
      channel: ChannelId.parse(t.channel),
      at: t.at,
    })),
  };
}

const Snapshot = z.object({ ticket: Ticket });

type JournalRow = Awaited<ReturnType<typeof ticketJournal>>[number];

/** What each row changed: the journal holds whole tickets, so two neighbours tell. */
function historyOf(rows: readonly JournalRow[]): TicketHistoryEntry[] {
  const tickets = rows.map((r) => fromJson(Snapshot, r.data).ticket);
  return rows.map((r, i) => ({
    seq: r.seq,
    at: r.at,
    actorId: r.actor_id,
    name: r.name,
    changes: changesBetween(tickets[i - 1], tickets[i]),
  }));
}

const shown = ["subject", "status", "priority", "ownerId", "queueId", "dueAt", "interactionIds"] as const;

function changesBetween(
  before: Ticket | undefined,
  after: Ticket | undefined,
): TicketHistoryEntry["changes"] {
  if (!before || !after) return {};
  return Object.fromEntries(
    shown
      .map((field): [string, [string, string]] => [field, [asText(before[field]), asText(after[field])]])
      .filter(([, [was, now]]) => was !== now),
  );
}

const asText = (value: string | number | string[] | null): string =>
  Array.isArray(value) ? value.join(" ") : String(value ?? "");
