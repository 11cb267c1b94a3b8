import type { Handlers } from "../../realtime/handler.ts";
import { customerSeenBy, presentOne } from "./get.ts";
import { search } from "./search.ts";
import { timeline } from "./timeline.ts";
import { update } from "./update.ts";

export const handlers = {
  "customer.get": async (ctx, caller, { customerId }) => ({
    customer: await presentOne(ctx, caller, await customerSeenBy(ctx.store, caller, customerId)),
  }),
  "customer.search": search,
  "customer.update": async (ctx, caller, input) => ({ customer: await update(ctx, caller, input) }),
  "customer.timeline": timeline,
} satisfies Pick<Handlers, "customer.get" | "customer.search" | "customer.update" | "customer.timeline">;
