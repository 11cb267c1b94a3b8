import { Customer, type JournalEvent, type Message, Regrouped } from "@tongdai/shared";
import { maskCustomer } from "../features/customers/index.ts";
import { hidesCards, maskMessage } from "../presenters/masked-message.ts";
import type { Entry } from "../store/index.ts";

/** Whether readers see different things in this event. */
export function differsByReader(entry: Entry): boolean {
  if (entry.name.startsWith("customer.")) return true;
  const message = messageIn(entry);
  return message !== null && hidesCards(message);
}

/** As our own features journal it. */
const messageIn = ({ name, data }: Entry): Message | null =>
  name === "message.created" || name === "message.updated"
    ? ((data as { message?: Message }).message ?? null)
    : null;

/** An entry as a reader may see it: rooms are not told, contact data is masked unless `reveal`. */
export function present(entry: Entry, reveal: boolean): JournalEvent {
  const data = differsByReader(entry) && !reveal ? masked(entry) : entry.data;
  // The journal holds what our own features put there, typed by `Tx.journal`.
  return { seq: entry.seq, at: entry.at, name: entry.name, actorId: entry.actorId, data } as JournalEvent;
}

function masked(entry: Entry): unknown {
  const { data } = entry;
  const message = messageIn(entry);
  if (message) return { ...(data as object), message: maskMessage(message) };
  const regrouped = Regrouped.safeParse(data);
  if (regrouped.success) return { ...regrouped.data, customers: regrouped.data.customers.map(maskCustomer) };
  return { customer: maskCustomer(Customer.parse((data as { customer: unknown }).customer)) };
}
