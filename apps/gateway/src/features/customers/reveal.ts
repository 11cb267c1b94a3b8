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
  await noteLooks(
    ctx,
    caller,
    customers.filter(hidesAnything).map((c) => c.id),
  );
  return [...customers];
}

/** Notes that the caller sees of these customers what others see masked, once an hour. */
export async function noteLooks(ctx: Ctx, caller: Caller, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  const { userId, sessionId } = caller;
  const at = ctx.clock.now();
  const since = at - HOUR_MS;
  const seen = await revealedSince(ctx.store, userId, since);
  const looks = customerIds
    .filter((id) => !seen.has(id))
    .map((customerId) => ({ id: lookId(userId, customerId, at), customerId }));
  if (looks.length > 0)
    await ctx.store.write((tx) => insertRevealed(tx, { userId, sessionId, at, since, looks }));
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
