import type { TicketFilter, TicketQuery } from "@tongdai/shared";
import type { Key } from "../../i18n/index.ts";
import { ticketListKey } from "../../state/tickets.ts";

const atWork = ["new", "open", "pending", "on_hold"] as const;

export type BuiltInId = "mine" | "unassigned" | "overdue" | "open" | "all";

interface BuiltIn {
  readonly id: BuiltInId;
  readonly label: Key & (`ticket.views.${string}` | `record.views.${string}`);
  readonly query: TicketQuery;
}

/** Everybody has these; one's own filters stand behind them. */
export const builtIns: readonly BuiltIn[] = [
  { id: "mine", label: "ticket.views.mine", query: { statuses: [...atWork], owner: "me" } },
  { id: "unassigned", label: "ticket.views.unassigned", query: { statuses: [...atWork], owner: "none" } },
  { id: "overdue", label: "ticket.views.overdue", query: { overdue: true } },
  { id: "open", label: "record.views.open", query: { statuses: [...atWork] } },
  { id: "all", label: "ticket.views.all", query: {} },
];

export const firstQuery: TicketQuery = builtIns[0]?.query ?? {};

/** Without what says nothing, so that two queries that ask the same are the same list. */
export function cleanQuery(query: TicketQuery): TicketQuery {
  const { statuses, priorities, owner, customerId, overdue, text } = query;
  return {
    ...(statuses && statuses.length > 0 ? { statuses } : {}),
    ...(priorities && priorities.length > 0 ? { priorities } : {}),
    ...(owner ? { owner } : {}),
    ...(customerId ? { customerId } : {}),
    ...(overdue ? { overdue } : {}),
    ...(text?.trim() ? { text: text.trim() } : {}),
  };
}

/** The view that a query is, or `custom` for one that somebody has put together by hand. */
export function viewOf(query: TicketQuery, saved: readonly TicketFilter[]): string {
  const key = ticketListKey(cleanQuery(query));
  const builtIn = builtIns.find((view) => ticketListKey(view.query) === key);
  if (builtIn) return builtIn.id;
  return saved.find((filter) => ticketListKey(cleanQuery(filter.query)) === key)?.id ?? "custom";
}

/** Whether it asks for less than everything. */
export const isNarrow = (query: TicketQuery): boolean => Object.keys(cleanQuery(query)).length > 0;
