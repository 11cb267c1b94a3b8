import type { InboundEvent, ParsedItem } from "../channel.ts";

type EventOf<K extends InboundEvent["kind"]> = Extract<InboundEvent, { kind: K }>;
/** What a test cares about; the rest gets a value that works. */
type Some<K extends InboundEvent["kind"]> = Partial<Omit<EventOf<K>, "kind">>;

/** Builds events as the fake vendor would send them, each with ids of its own unless told. */
export interface InboundBuilder {
  message(some?: Some<"message">): ParsedItem;
  echo(some?: Some<"echo">): ParsedItem;
  delivered(some?: Some<"delivered">): ParsedItem;
  read(some?: Some<"read">): ParsedItem;
  reaction(some?: Some<"reaction">): ParsedItem;
  edited(some?: Some<"edited">): ParsedItem;
  removed(some?: Some<"removed">): ParsedItem;
  undelivered(some?: Some<"undelivered">): ParsedItem;
  typing(some?: Some<"typing">): ParsedItem;
  notice(some?: Some<"notice">): ParsedItem;
  account(some?: Some<"account">): ParsedItem;
  unsupported(some?: Some<"unsupported">): ParsedItem;
}

/**
 * @param account the account's external id
 * @param now vendor's time of the next event in epoch milliseconds; watermarks default to it
 * @param customer who does it unless told otherwise
 */
export function inboundBuilder(account: string, now: () => number, customer = "customer-1"): InboundBuilder {
  let count = 0;
  const next = (): string => `in-${++count}`;
  const item = (event: InboundEvent, key: string): ParsedItem => ({
    accountExternalId: account,
    key,
    at: now(),
    event,
  });
  const message = {
    from: customer,
    text: "Xin chào",
    attachments: [],
    replyToExternalId: null,
    extra: {},
    live: true,
  };
  const echo = { to: customer, ours: null, byContent: false, text: "Xin chào", attachments: [] };
  return {
    message: (some = {}) => {
      const externalId = some.externalId ?? next();
      return item({ kind: "message", ...message, ...some, externalId }, externalId);
    },
    echo: (some = {}) => {
      const externalId = some.externalId ?? next();
      return item({ kind: "echo", ...echo, ...some, externalId }, externalId);
    },
    delivered: (some = {}) =>
      item({ kind: "delivered", from: customer, externalIds: [], watermark: now(), ...some }, next()),
    read: (some = {}) =>
      item({ kind: "read", from: customer, externalIds: [], watermark: now(), ...some }, next()),
    reaction: (some = {}) =>
      item({ kind: "reaction", from: customer, targetExternalId: "out-1", emoji: "👍", ...some }, next()),
    edited: (some = {}) => {
      const event = { from: customer, externalId: "in-1", text: "đã sửa", revision: 1, ...some };
      return item({ kind: "edited", ...event }, `${event.externalId}:${event.revision}`);
    },
    removed: (some = {}) => {
      const event = { from: customer, externalId: "in-1", ...some };
      return item({ kind: "removed", ...event }, event.externalId);
    },
    undelivered: (some = {}) =>
      item(
        {
          kind: "undelivered",
          from: customer,
          externalIds: [],
          code: "recipient_unavailable",
          detail: "",
          ...some,
        },
        next(),
      ),
    typing: (some = {}) => item({ kind: "typing", from: customer, on: true, ...some }, next()),
    notice: (some = {}) =>
      item(
        { kind: "notice", from: customer, name: "referral", data: {}, opensWindow: true, ...some },
        next(),
      ),
    account: (some = {}) =>
      item({ kind: "account", name: "policy", data: {}, health: null, ...some }, next()),
    unsupported: (some = {}) => item({ kind: "unsupported", why: "something new", ...some }, next()),
  };
}
