import { z } from "zod";
import { command } from "./command.ts";
import { Customer, TimelineEntry } from "./customers.ts";
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
  /** Newest first, every channel, by cursor. */
  "customer.timeline": command(
    "work",
    z.strictObject({ customerId: Id, cursor: Cursor.optional(), limit: PageSize }),
    z.object({ entries: z.array(TimelineEntry), next: Cursor.nullable() }),
  ),
};
