import { type ChannelId, cleanText, splitText } from "@tongdai/shared";
import { newId } from "../../ids.ts";
import {
  deleteCustomer,
  identityByExternalId,
  insertCustomer,
  insertIdentity,
  optedOutAt,
} from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import type { CustomerRow, IdentityRow } from "../../store/schema.ts";
import { customerWords } from "./folded.ts";
import { toCustomer } from "./present.ts";

export interface NewIdentity {
  readonly accountId: string;
  readonly channel: ChannelId;
  readonly externalId: string;
  /** The vendor's name for the person, or a placeholder until there is one. */
  readonly displayName: string;
  readonly at: number;
  /** There is no conversation yet: where it will be. */
  readonly queueId: string;
}

export interface FoundIdentity {
  readonly identityId: string;
  readonly customerId: string;
  readonly created: boolean;
}

/** The identity with this address on this account, with a customer of its own when it is new. */
export async function findOrCreateByIdentity(tx: Tx, o: NewIdentity): Promise<FoundIdentity> {
  const known = await identityByExternalId(tx, o.accountId, o.externalId);
  if (known) return found(known);

  const name = vendorName(o.displayName) ?? o.externalId;
  const customer: CustomerRow = {
    id: newId(),
    name,
    folded: customerWords({ name, attributes: {}, tags: [] }),
    attributes: "{}",
    tags: "[]",
    owner_id: null,
    created_at: o.at,
    version: 1,
    linked_to: null,
    own: null,
  };
  const identity: IdentityRow = {
    id: newId(),
    home_id: customer.id,
    customer_id: customer.id,
    channel: o.channel,
    account_id: o.accountId,
    external_id: o.externalId,
    display_name: name,
    avatar_media_id: null,
    profile_at: null,
    opted_out_at: await optedOutAt(tx, o.channel, o.externalId),
  };
  await insertCustomer(tx, customer);
  if (!(await insertIdentity(tx, identity))) {
    // Another gateway has just committed the same address: its customer counts.
    await deleteCustomer(tx, customer.id);
    const theirs = await identityByExternalId(tx, o.accountId, o.externalId);
    if (!theirs) throw new Error("an identity that stands in the way cannot be read");
    return found(theirs);
  }
  tx.journal({
    name: "customer.created",
    at: o.at,
    actorId: null,
    scopes: [`queue:${o.queueId}`, "all"],
    data: { customer: toCustomer(customer, [identity], { reveal: true }) },
    refs: { customerId: customer.id },
  });
  return { identityId: identity.id, customerId: customer.id, created: true };
}

const found = (identity: IdentityRow): FoundIdentity => ({
  identityId: identity.id,
  customerId: identity.customer_id,
  created: false,
});

const MAX_NAME = 200;

/** A name as a vendor sent it, fit to be stored; `null` when nothing is left of it. */
export function vendorName(name: string): string | null {
  const [first = ""] = splitText(cleanText(name).replaceAll(/\s+/g, " ").trim(), MAX_NAME);
  return first === "" ? null : first;
}
