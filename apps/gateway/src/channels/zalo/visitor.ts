const MARK = "visitor";

/**
 * Somebody who writes without having logged in: an answer needs the vendor's id of the talk too, so both make the address.
 * Such an id holds no colon.
 */
export const visitorAddress = (userId: string, talkId: string): string => `${MARK}:${userId}:${talkId}`;

export type Recipient =
  | { readonly user_id: string }
  | { readonly anonymous_id: string; readonly conversation_id: string };

/** Whom the vendor calls by an address of ours. */
export function recipientOf(address: string): Recipient {
  const [mark, anonymous_id, conversation_id] = address.split(":");
  return mark === MARK && anonymous_id !== undefined && conversation_id !== undefined
    ? { anonymous_id, conversation_id }
    : { user_id: address };
}

export const isVisitor = (address: string): boolean => "anonymous_id" in recipientOf(address);
