import type { Handlers } from "../../realtime/handler.ts";
import { customerSeenBy, presentOne } from "./get.ts";
import { link } from "./link.ts";
import { search } from "./search.ts";
import { suggestions, tellApart } from "./suggestions.ts";
import { timeline } from "./timeline.ts";
import { unlink } from "./unlink.ts";
import { update } from "./update.ts";

export const handlers = {
  "customer.get": async (ctx, caller, { customerId }) => ({
    customer: await presentOne(ctx, caller, await customerSeenBy(ctx.store, caller, customerId)),
  }),
  "customer.search": search,
  "customer.update": async (ctx, caller, input) => ({ customer: await update(ctx, caller, input) }),
  "customer.link": async (ctx, caller, input) => ({ customer: await link(ctx, caller, input) }),
  "customer.unlink": unlink,
  "customer.suggestions": async (ctx, caller, { customerId }) => ({
    suggestions: await suggestions(ctx, caller, customerId),
  }),
  "customer.tell_apart": async (ctx, caller, input) => {
    await tellApart(ctx, caller, input);
    return {};
  },
  "customer.timeline": timeline,
} satisfies Pick<Handlers, Extract<keyof Handlers, `customer.${string}`>>;
