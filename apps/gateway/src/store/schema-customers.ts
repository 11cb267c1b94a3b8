export interface CustomerRow {
  id: string;
  /** The customer on whose card this one is shown; null: it has its own. */
  linked_to: string | null;
  /** What is said of this one alone, where it shares a card; null: what stands in its columns. */
  own: string | null;
  name: string;
  folded: string;
  attributes: string;
  tags: string;
  /** The agent who looks after this customer. */
  owner_id: string | null;
  created_at: number;
  version: number;
}
export interface IdentityRow {
  id: string;
  /** The customer that was made with it; never changes. */
  home_id: string;
  /** Who has the card that it is shown on. */
  customer_id: string;
  channel: string;
  account_id: string;
  external_id: string;
  display_name: string;
  avatar_media_id: string | null;
  /** When the vendor was last asked who this is; null: never. */
  profile_at: number | null;
  /** Since when whoever it is wants nothing more there; null: they may be written to. */
  opted_out_at: number | null;
}
