import { ChannelId, type Customer, type Identity } from "@tongdai/shared";
import { z } from "zod";
import { identitiesOf } from "../../store/customers.ts";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import type { CustomerRow, IdentityRow } from "../../store/schema.ts";
import { maskCustomer } from "./mask.ts";

const Attributes = z.record(z.string(), z.string());
const Tags = z.array(z.string());

export const attributesOf = (row: CustomerRow): Record<string, string> =>
  fromJson(Attributes, row.attributes);
export const tagsOf = (row: CustomerRow): string[] => fromJson(Tags, row.tags);

export function toCustomer(
  row: CustomerRow,
  identities: readonly IdentityRow[],
  { reveal }: { reveal: boolean },
): Customer {
  const customer: Customer = {
    id: row.id,
    name: row.name,
    attributes: attributesOf(row),
    tags: tagsOf(row),
    ownerId: row.owner_id,
    identities: identities.map(toIdentity),
    createdAt: row.created_at,
    version: row.version,
  };
  return reveal ? customer : maskCustomer(customer);
}

const toIdentity = (row: IdentityRow): Identity => ({
  id: row.id,
  channel: ChannelId.parse(row.channel),
  accountId: row.account_id,
  externalId: row.external_id,
  displayName: row.display_name,
  avatarMediaId: row.avatar_media_id,
});

/** The customers of these rows in their order, unmasked. */
export async function fullCustomers(q: Queryable, rows: readonly CustomerRow[]): Promise<Customer[]> {
  const identities = Map.groupBy(
    await identitiesOf(
      q,
      rows.map((r) => r.id),
    ),
    (i) => i.customer_id,
  );
  return rows.map((row) => toCustomer(row, identities.get(row.id) ?? [], { reveal: true }));
}

export async function fullCustomer(q: Queryable, row: CustomerRow): Promise<Customer> {
  const [customer] = await fullCustomers(q, [row]);
  if (!customer) throw new Error("one row gives one customer");
  return customer;
}
