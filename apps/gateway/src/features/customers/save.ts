import type { Customer } from "@tongdai/shared";
import { updateCustomer } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import type { CustomerRow } from "../../store/schema.ts";
import { fullCustomer } from "./present.ts";
import { customerRooms } from "./rooms.ts";

/** Saves a change of a locked customer and tells. */
export async function saveCustomer(
  tx: Tx,
  was: CustomerRow,
  o: { change: Partial<CustomerRow>; at: number; actorId: string | null },
): Promise<Customer> {
  const customer = await fullCustomer(tx, await updateCustomer(tx, was, o.change));
  tx.journal({
    name: "customer.updated",
    at: o.at,
    actorId: o.actorId,
    scopes: await customerRooms(tx, was.id),
    data: { customer },
    refs: { customerId: was.id },
  });
  return customer;
}
