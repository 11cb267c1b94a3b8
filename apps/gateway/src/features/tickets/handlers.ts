import type { Handlers } from "../../realtime/handler.ts";
import { comment } from "./comment.ts";
import { create } from "./create.ts";
import { removeFilter, saveFilter } from "./filters.ts";
import { get } from "./get.ts";
import { link } from "./link.ts";
import { list } from "./list.ts";
import { update } from "./update.ts";

export const handlers = {
  "ticket.list": list,
  "ticket.get": (ctx, caller, { ticketId }) => get(ctx, caller, ticketId),
  "ticket.create": async (ctx, caller, input) => ({ ticket: await create(ctx, caller, input) }),
  "ticket.update": async (ctx, caller, input) => ({ ticket: await update(ctx, caller, input) }),
  "ticket.comment": async (ctx, caller, input) => ({ comment: await comment(ctx, caller, input) }),
  "ticket.link": async (ctx, caller, input) => ({ ticket: await link(ctx, caller, input) }),
  "ticket_filter.save": async (ctx, caller, input) => ({ filter: await saveFilter(ctx, caller, input) }),
  "ticket_filter.remove": async (ctx, caller, { id }) => {
    await removeFilter(ctx, caller, id);
    return {};
  },
} satisfies Pick<
  Handlers,
  | "ticket.list"
  | "ticket.get"
  | "ticket.create"
  | "ticket.update"
  | "ticket.comment"
  | "ticket.link"
  | "ticket_filter.save"
  | "ticket_filter.remove"
>;
