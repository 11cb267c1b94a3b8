import { commands, Id, TicketPriority, TicketStatus } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { assertMay } from "../features/access.ts";
import { handlers } from "../features/tickets/index.ts";
import type { Api } from "./api.ts";
import { commaList, paging } from "./api-query.ts";
import { callerOf } from "./caller.ts";

const tags = ["ticket"];
const list = commands["ticket.list"];

const Query = z.strictObject({
  status: commaList(TicketStatus).optional().describe(TicketStatus.options.join(", ")),
  priority: commaList(TicketPriority).optional().describe(TicketPriority.options.join(", ")),
  owner: z
    .union([z.literal("me"), z.literal("none"), Id])
    .optional()
    .describe("A person's id, `me` or `none`"),
  customerId: Id.optional(),
  overdue: z.enum(["true", "false"]).optional(),
  text: z.string().max(200).optional().describe("Words of the subject, the number or the customer's name"),
  ...paging,
});

/** Tickets to read, for programs of the house: the same as the caller sees in the client. */
export function ticketRoutes(api: Api, ctx: Ctx): void {
  api.get(
    "/tickets",
    {
      schema: {
        tags,
        summary: "Tickets, the newest change first",
        querystring: Query,
        response: { 200: list.output },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(ctx, request);
      assertMay(caller, "work");
      const { status, priority, overdue, cursor, limit, ...rest } = request.query;
      reply.header("cache-control", "no-store");
      return handlers["ticket.list"](ctx, caller, {
        query: { ...rest, statuses: status, priorities: priority, overdue: overdue === "true" },
        cursor,
        limit,
      });
    },
  );
}
