import { AppError, type Customer } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { cardOf } from "../../store/customer-links.ts";
import { visibleCustomer } from "../../store/customers.ts";
import type { Queryable } from "../../store/index.ts";
import type { CustomerRow } from "../../store/schema.ts";
import { readingSightOf } from "../access.ts";
import { fullCustomer, fullCustomers } from "./present.ts";
import { showOneTo, showTo } from "./reveal.ts";

/** The row of the card that the customer is shown on. Throws `not_found` where the caller may not see it. */
export async function customerSeenBy(q: Queryable, caller: Caller, customerId: string): Promise<CustomerRow> {
  const cardId = await cardOf(q, customerId);
  const row = cardId === null ? null : await visibleCustomer(q, cardId, await readingSightOf(q, caller));
  if (!row) throw new AppError("not_found", "no such customer");
  return row;
}

/** Rows as the caller may see them. */
export const present = async (ctx: Ctx, caller: Caller, rows: readonly CustomerRow[]): Promise<Customer[]> =>
  showTo(ctx, caller, await fullCustomers(ctx.store, rows));

export const presentOne = async (ctx: Ctx, caller: Caller, row: CustomerRow): Promise<Customer> =>
  showOneTo(ctx, caller, await fullCustomer(ctx.store, row));
