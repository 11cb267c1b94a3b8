import { Customer, type JournalEvent, Regrouped } from "@tongdai/shared";
import { maskCustomer } from "../features/customers/index.ts";
import type { Entry } from "../store/index.ts";

/** Whether readers see different things in this event. */
export const differsByReader = (entry: Entry): boolean => entry.name.startsWith("customer.");

/** An entry as a reader may see it: rooms are not told, contact data is masked unless `reveal`. */
export function present(entry: Entry, reveal: boolean): JournalEvent {
  const data = differsByReader(entry) && !reveal ? masked(entry.data) : entry.data;
  // The journal holds what our own features put there, typed by `Tx.journal`.
  return { seq: entry.seq, at: entry.at, name: entry.name, actorId: entry.actorId, data } as JournalEvent;
}

function masked(data: unknown): unknown {
  const regrouped = Regrouped.safeParse(data);
  if (regrouped.success) return { ...regrouped.data, customers: regrouped.data.customers.map(maskCustomer) };
  return { customer: maskCustomer(Customer.parse((data as { customer: unknown }).customer)) };
}
