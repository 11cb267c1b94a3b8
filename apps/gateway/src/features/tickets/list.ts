import { type CommandOutput, type CommandParsed, foldedWords, type TicketQuery } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { listTickets } from "../../store/tickets.ts";
import { ticketSightOf } from "../access.ts";
import { page, placeCursor, readPlace } from "../cursor.ts";
import { toTickets } from "./present.ts";

/** The newest change first. */
export async function list(
  ctx: Ctx,
  caller: Caller,
  { query, cursor, limit }: CommandParsed<"ticket.list">,
): Promise<CommandOutput<"ticket.list">> {
  const before = readPlace(cursor);
  const text = query.text?.trim() ?? "";
  const words = foldedWords(text);
  if (text !== "" && words.length === 0) return { tickets: [], next: null };
  const rows = await listTickets(ctx.store, {
    sight: ticketSightOf(caller),
    statuses: query.statuses,
    priorities: query.priorities,
    ownerId: ownerOf(caller, query.owner),
    customerId: query.customerId,
    overdueAt: query.overdue ? ctx.clock.now() : undefined,
    words,
    before,
    limit: limit + 1,
  });
  const { items, next } = page(rows, limit, (r) => placeCursor({ at: r.updated_at, id: r.id }));
  return { tickets: await toTickets(ctx.store, items), next };
}

function ownerOf(caller: Caller, owner: TicketQuery["owner"]): string | null | undefined {
  if (owner === "me") return caller.userId;
  return owner === "none" ? null : owner;
}
