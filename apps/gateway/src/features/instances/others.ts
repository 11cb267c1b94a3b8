import type { Ctx } from "../../context.ts";
import type { Queryable } from "../../store/index.ts";
import { otherInstances } from "../../store/instances.ts";
import { TTL_MS } from "./times.ts";

/** The other gateways that this one's store knows. */
export const othersOf = (q: Queryable, ctx: Ctx) =>
  otherInstances(q, { id: ctx.instanceId, wall: ctx.clock.now(), ttl: TTL_MS });

export async function deadOnes(q: Queryable, ctx: Ctx): Promise<string[]> {
  return (await othersOf(q, ctx)).filter((o) => !o.alive).map((o) => o.id);
}
