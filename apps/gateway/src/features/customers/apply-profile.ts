import type { Customer } from "@tongdai/shared";
import { identityById, updateIdentity } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import { ownCard } from "./card.ts";
import { vendorName } from "./find-or-create.ts";
import { lockCards } from "./link.ts";
import { saveCards } from "./save.ts";

export interface NewProfile {
  readonly identityId: string;
  /** `null`: the vendor does not tell. */
  readonly name: string | null;
  /** Absent: the picture stays. */
  readonly avatarMediaId?: string | null;
  readonly at: number;
}

/**
 * What a vendor says of a person. The customer takes the name only while it still bears the one that came with this
 * identity: a name typed by an agent stays. Returns the customer when anything changed that is worth showing.
 */
export async function applyProfile(tx: Tx, o: NewProfile): Promise<Customer | null> {
  const was = await identityById(tx, o.identityId);
  const members = was ? await lockCards(tx, [was.customer_id]) : [];
  if (!was || !members.some((m) => m.id === was.home_id)) return null;
  const display_name = (o.name === null ? null : vendorName(o.name)) ?? was.display_name;
  const avatar_media_id = o.avatarMediaId === undefined ? was.avatar_media_id : o.avatarMediaId;
  await updateIdentity(tx, was.id, { display_name, avatar_media_id, profile_at: o.at });
  if (display_name === was.display_name && avatar_media_id === was.avatar_media_id) return null;

  const own = members.map((m) => {
    const card = ownCard(m);
    return m.id === was.home_id && card.name === was.display_name ? { ...card, name: display_name } : card;
  });
  return saveCards(tx, { members, own, at: o.at, actorId: null });
}
