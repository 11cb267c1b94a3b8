import { z } from "zod";
import { millis, Text, Unreadable, VendorId } from "../kit/values.ts";

const Party = z
  .object({ id: VendorId, admin_id: VendorId.nullish().catch(null) })
  .nullish()
  .catch(null);

/** What every event of the vendor has, by its own names. Which of sender and recipient is the account is not always told. */
const Envelope = z.looseObject({
  event_name: Text,
  timestamp: z.unknown().optional(),
  oa_id: VendorId.nullable().catch(null),
  user_id: VendorId.nullish().catch(null),
  sender: Party,
  recipient: Party,
  follower: Party,
});

export interface ZaloEvent {
  readonly name: string;
  readonly at: number | null;
  readonly oaId: string;
  /** The person on the other side, in the account's own id space; `null`: concerns nobody. */
  readonly userId: string | null;
  /** Written by a person in the vendor's own tool. */
  readonly byAdmin: boolean;
  readonly raw: Readonly<Record<string, unknown>>;
}

type Told = z.infer<typeof Envelope>;

/** `oa_send_text` and its like are done by the account; everything else is done to it. */
const isOurs = (name: string): boolean => name.startsWith("oa_");

/**
 * Reads what all events have. The samples of receipts disagree on which side is the sender, so the side that is one of our
 * accounts settles it; where neither is known to be, the event's name does.
 * @param accountIds ids of the accounts that share the webhook
 * @throws Unreadable, ZodError for what is no event
 */
export function openEvent(value: unknown, accountIds: readonly string[]): ZaloEvent {
  const raw = Envelope.parse(value);
  const sides = sidesOf(raw);
  const ours = sides.filter((id) => accountIds.includes(id));
  // Either could have signed it, and would speak for the other one.
  if (raw.oa_id === null && new Set(ours).size > 1) throw new Unreadable("two accounts");
  const usual = isOurs(raw.event_name) ? raw.sender : raw.recipient;
  const oaId = raw.oa_id ?? ours[0] ?? usual?.id ?? null;
  if (oaId === null) throw new Unreadable("no account id");
  const other = sides.find((id) => id !== oaId) ?? null;
  return {
    name: raw.event_name,
    at: millis(raw.timestamp),
    oaId,
    userId: raw.follower?.id ?? raw.user_id ?? other,
    byAdmin: (raw.sender?.admin_id ?? null) !== null,
    raw,
  };
}

const sidesOf = (raw: Told): string[] =>
  [raw.sender?.id, raw.recipient?.id].filter((id) => typeof id === "string");

const told = (value: unknown): Told | undefined => Envelope.safeParse(value).data;

/** The account that an event is of, as `openEvent` reads it; `null`: it is no event. */
export function accountOf(value: unknown, accountIds: readonly string[]): string | null {
  try {
    return openEvent(value, accountIds).oaId;
  } catch {
    return null;
  }
}

/** The timestamp as it stands in the body: it is part of what is signed. */
export function timestampOf(value: unknown): string | null {
  const at = told(value)?.timestamp;
  return typeof at === "string" ? at : typeof at === "number" ? String(at) : null;
}

export function userOf(event: ZaloEvent): string {
  if (event.userId === null) throw new Unreadable("no user id");
  return event.userId;
}
