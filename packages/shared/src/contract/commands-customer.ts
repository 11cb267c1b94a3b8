import { z } from "zod";
import { command } from "./command.ts";
import { Customer, Suggestion, TimelineEntry } from "./customers.ts";
import { Cursor, Id, line, PageSize, text, Version } from "./scalars.ts";

const customer = z.object({ customer: Customer });

export const customerCommands = {
  "customer.get": command("work", z.strictObject({ customerId: Id }), customer),
  "customer.search": command(
    "work",
    z.strictObject({ query: text(200).default(""), cursor: Cursor.optional(), limit: PageSize }),
    z.object({ customers: z.array(Customer), next: Cursor.nullable() }),
  ),
  /** An attribute set to `null` is removed. */
  "customer.update": command(
    "work",
    z.strictObject({
      customerId: Id,
      version: Version,
      name: line(200).optional(),
      attributes: z.record(line(60), text(2_000).nullable()).optional(),
      tags: z.array(line(40)).max(50).optional(),
      ownerId: Id.nullable().optional(),
    }),
    customer,
  ),
  /** Two customers are one person: they have one card from then on, the older one's. Linked already: nothing happens. */
  "customer.link": command(
    "customers.link",
    z.strictObject({ customerId: Id, version: Version, otherId: Id, otherVersion: Version }),
    customer,
  ),
  /** Takes identities out of a customer, into one card of their own. They stay that way until somebody links them again. */
  "customer.unlink": command(
    "customers.link",
    z.strictObject({ customerId: Id, version: Version, identityIds: z.array(Id).min(1).max(100) }),
    z.object({ customer: Customer, taken: Customer }),
  ),
  /** Who may be the same person, the likeliest first; only who the caller may see. */
  "customer.suggestions": command(
    "customers.link",
    z.strictObject({ customerId: Id }),
    z.object({ suggestions: z.array(Suggestion) }),
  ),
  /** Two are not the same person: they are suggested and linked by the system no more; or nobody says so any more. */
  "customer.tell_apart": command(
    "customers.link",
    z.strictObject({ customerId: Id, otherId: Id, apart: z.boolean() }),
    z.object({}),
  ),
  /** Newest first, every channel, by cursor. */
  "customer.timeline": command(
    "work",
    z.strictObject({ customerId: Id, cursor: Cursor.optional(), limit: PageSize }),
    z.object({ entries: z.array(TimelineEntry), next: Cursor.nullable() }),
  ),
};
