import { AppError, type Customer } from "@tongdai/shared";
import {
  applyCustomerChange,
  type CustomerChange,
  collides,
  customerInput,
} from "../state/customer-change.ts";
import { putCustomer } from "../state/customers.ts";
import { selectCustomer } from "../state/selectors.ts";
import type { Client } from "./client.ts";
import { loadCustomer } from "./load-customer.ts";
import { updateCustomer } from "./update-customer.ts";

const tries = 3;

/**
 * Shows the change at once and sends it. When somebody else changed another part meanwhile, it goes on top of theirs;
 * when they changed the same, their value is fetched and shown, and this rejects with `conflict`.
 */
export async function editCustomer(
  client: Client,
  customerId: string,
  change: CustomerChange,
): Promise<void> {
  for (let left = tries; ; left--) {
    const base = selectCustomer(client.store.getState(), customerId);
    if (!base) throw new AppError("not_found", "no such customer here");
    client.update((s) => putCustomer(s, applyCustomerChange(base, change)));
    try {
      await updateCustomer(client, customerInput(base, change));
      return;
    } catch (cause) {
      takeBack(client, base);
      if (!(cause instanceof AppError && cause.code === "conflict")) throw cause;
      await loadCustomer(client, customerId);
      const fresh = selectCustomer(client.store.getState(), customerId);
      if (left === 1 || !fresh || collides(change, base, fresh)) throw cause;
    }
  }
}

/** A newer version that came meanwhile says it better. */
function takeBack(client: Client, base: Customer): void {
  client.update((s) => (selectCustomer(s, base.id)?.version === base.version ? putCustomer(s, base) : s));
}
