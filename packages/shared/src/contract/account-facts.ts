import { z } from "zod";
import { Millis } from "./scalars.ts";

/** What a quota is of; of `storage` there are bytes, and it holds what came in too. */
const QuotaOf = z.enum(["messages", "templates", "storage"]);

/** What a vendor tells of an account beside whether it is well. */
export const AccountFact = z.discriminatedUnion("kind", [
  /** Our permission ends then. `renews`: by itself, as long as the gateway runs; else somebody must connect again before. */
  z.object({ kind: z.literal("expiry"), at: Millis, renews: z.boolean() }),
  /** `total: null`: the vendor tells none. `resetsAt: null`: it does not fill up by itself. */
  z.object({
    kind: z.literal("quota"),
    of: QuotaOf,
    left: z.number().nonnegative(),
    total: z.number().positive().nullable(),
    resetsAt: Millis.nullable(),
  }),
  z.object({ kind: z.literal("balance"), amount: z.number(), currency: z.string() }),
  /** What we were not allowed, by the vendor's names. `blocks`: without it nothing is received or sent; else a part is missing. */
  z.object({ kind: z.literal("permissions"), missing: z.array(z.string()).min(1), blocks: z.boolean() }),
]);
export type AccountFact = z.infer<typeof AccountFact>;

/** A fact that somebody should know of before it becomes trouble. */
export const AccountAlarm = z.object({
  kind: z.enum(["expiry", "quota", "permissions"]),
  level: z.enum(["warning", "danger"]),
  /** When the permission ends, or the quota fills up again; `null`: not by itself. */
  at: Millis.nullable(),
  /** Which quota. */
  of: QuotaOf.optional(),
});
export type AccountAlarm = z.infer<typeof AccountAlarm>;
