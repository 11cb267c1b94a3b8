import { placesOfCustomer } from "../../store/customers.ts";
import type { Queryable } from "../../store/index.ts";

/** Who may see a customer: who may see one of the conversations, or owns one of the tickets. */
export async function customerRooms(q: Queryable, customerId: string): Promise<string[]> {
  const { queueIds, ownerIds } = await placesOfCustomer(q, customerId);
  return [...new Set([...queueIds.map((id) => `queue:${id}`), ...ownerIds.map((id) => `user:${id}`), "all"])];
}
