import { createHash } from "node:crypto";
import type { Customer } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { insertRevealed, revealedSince } from "../../store/customers.ts";
import { may } from "../access.ts";
import { hidesAnything, maskCustomer } from "./mask.ts";

const HOUR_MS = 3_600_000;

/** The customers as the caller may see them. A look at what others see masked is noted, once an hour. */
export async function showTo(ctx: Ctx, caller: Caller, customers: readonly Customer[]): Promise<Customer[]> {
  if (!may(caller, "customers.reveal")) return customers.map(maskCustomer);
  const { userId, sessionId } = caller;
  const at = ctx.clock.now();
  const since = at - HOUR_MS;
  const seen = await revealedSince(ctx.store, userId, since);
  const looks = customers
    .filter((c) => !seen.has(c.id) && hidesAnything(c))
    .map((c) => ({ id: lookId(userId, c.id, at), customerId: c.id }));
  if (looks.length > 0)
    await ctx.store.write((tx) => insertRevealed(tx, { userId, sessionId, at, since, looks }));
  return [...customers];
}

export async function showOneTo(ctx: Ctx, caller: Caller, customer: Customer): Promise<Customer> {
  const [shown = customer] = await showTo(ctx, caller, [customer]);
  return shown;
}

/** A UUID v7 of the hour in which user and customer stand for the random part. */
function lookId(userId: string, customerId: string, at: number): string {
  const b = createHash("sha256").update(`${userId} ${customerId}`).digest().subarray(0, 16);
  b.writeUIntBE(at - (at % HOUR_MS), 0, 6);
  b[6] = 0x70 | ((b[6] ?? 0) & 0x0f);
  b[8] = 0x80 | ((b[8] ?? 0) & 0x3f);
  const h = b.toString("hex");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}
