import { AppError, type CommandParsed, type TicketFilter, TicketQuery } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import {
  deleteFilter,
  filterById,
  filtersOf,
  type TicketFilterRow,
  upsertFilter,
} from "../../store/ticket-filters.ts";

const toFilter = (row: TicketFilterRow): TicketFilter => ({
  id: row.id,
  name: row.name,
  query: fromJson(TicketQuery, row.query),
});

/** A person's own saved queries, by name. */
export const listTicketFilters = async (q: Queryable, userId: string): Promise<TicketFilter[]> =>
  (await filtersOf(q, userId)).map(toFilter);

/** A new filter with the name of an old one replaces it. Throws `not_found` for somebody else's. */
export function saveFilter(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"ticket_filter.save">,
): Promise<TicketFilter> {
  return ctx.store.write(async (tx) => {
    const { userId } = caller;
    if (input.id !== null && (await filterById(tx, input.id))?.user_id !== userId)
      throw new AppError("not_found", "no such filter");
    const namesake = (await filtersOf(tx, userId)).find((f) => f.name === input.name);
    const row: TicketFilterRow = {
      id: input.id ?? namesake?.id ?? newId(),
      user_id: userId,
      name: input.name,
      query: JSON.stringify(input.query),
    };
    await upsertFilter(tx, row);
    const filter = toFilter(row);
    tx.journal({
      name: "ticket_filter.saved",
      at: ctx.clock.now(),
      actorId: userId,
      scopes: [`user:${userId}`],
      data: { filter },
    });
    return filter;
  });
}

/** Removing what is gone already is no error: the command may be a repeated one. */
export function removeFilter(ctx: Ctx, caller: Caller, id: string): Promise<void> {
  return ctx.store.write(async (tx) => {
    const row = await filterById(tx, id);
    if (!row) return;
    if (row.user_id !== caller.userId) throw new AppError("not_found", "no such filter");
    await deleteFilter(tx, id);
    tx.journal({
      name: "ticket_filter.removed",
      at: ctx.clock.now(),
      actorId: caller.userId,
      scopes: [`user:${caller.userId}`],
      data: { id },
    });
  });
}
