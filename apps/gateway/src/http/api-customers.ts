import { commands } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { assertMay } from "../features/access.ts";
import { handlers } from "../features/customers/index.ts";
import type { Api } from "./api.ts";
import { paging } from "./api-query.ts";
import { callerOf } from "./caller.ts";

const tags = ["customer"];
const search = commands["customer.search"];

const Query = z.strictObject({
  query: search.input.shape.query.describe(
    "Words of the name, or the whole of a phone number or an e-mail address",
  ),
  ...paging,
});

/** Customers to read, for programs of the house: addresses are masked as they are for the caller in the client. */
export function customerRoutes(api: Api, ctx: Ctx): void {
  api.get(
    "/customers",
    {
      schema: {
        tags,
        summary: "Customers, the newest first",
        querystring: Query,
        response: { 200: search.output },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(ctx, request);
      assertMay(caller, "work");
      reply.header("cache-control", "no-store");
      return handlers["customer.search"](ctx, caller, request.query);
    },
  );
}
