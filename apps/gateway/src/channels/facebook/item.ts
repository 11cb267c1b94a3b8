import { z } from "zod";
import type { InboundEvent } from "../channel.ts";
import { digest, millis, Unreadable, VendorId } from "../kit/values.ts";

/** One element of `messaging` or `standby`, with what its readers need to know about its surroundings. */
export interface Item {
  readonly page: string;
  readonly at: number | null;
  /** False in `standby`: another app owns the thread. */
  readonly live: boolean;
  readonly sender: string | null;
  readonly recipient: string | null;
  /** Stands for a sender without id (a plugin's visitor). */
  readonly userRef: string | null;
  /** The item as it came. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What a reader makes of the value under its event key. May throw: the item is then kept as `unsupported`. */
export type Reader = (value: unknown, item: Item) => { readonly key: string; readonly event: InboundEvent };

const Party = z.object({ id: VendorId.nullish(), user_ref: VendorId.nullish() }).nullish();
const Envelope = z.looseObject({ sender: Party, recipient: Party });

export interface Surroundings {
  readonly page: string;
  readonly entryTime: number | null;
  readonly live: boolean;
}

export function openItem(value: unknown, around: Surroundings): Item {
  const raw = Envelope.parse(value);
  return {
    page: around.page,
    live: around.live,
    at: millis(raw["timestamp"]) ?? around.entryTime,
    sender: raw.sender?.id ?? null,
    recipient: raw.recipient?.id ?? null,
    userRef: raw.sender?.user_ref ?? null,
    raw,
  };
}

/** The page-scoped id of the person who did it. The page itself must never become a customer. */
export function customer(item: Item): string {
  if (item.sender === null) throw new Unreadable("no sender id");
  if (item.sender === item.page) throw new Unreadable("sent by the page itself");
  return item.sender;
}

/** The other side of what the page sent. */
export function addressee(item: Item): string {
  if (item.recipient === null) throw new Unreadable("no recipient id");
  if (item.recipient === item.page) throw new Unreadable("sent to the page itself");
  return item.recipient;
}

/** Key of an event without an id of its own. */
export const fingerprint = (item: Item): string => digest(item.raw);
