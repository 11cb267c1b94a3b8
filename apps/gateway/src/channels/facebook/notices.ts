import type { HealthState } from "@tongdai/shared";
import { z } from "zod";
import type { InboundEvent } from "../channel.ts";
import { keyOf, Text } from "../kit/values.ts";
import { fingerprint, type Item, type Reader } from "./item.ts";
import { shownFacts } from "./shown-facts.ts";

interface NoticeRules {
  /** Meta, "Messaging policy": what opens the 24-hour window. */
  readonly opensWindow: boolean;
}

const isCustomer = (item: Item): boolean => item.sender !== null && item.sender !== item.page;

function noticeEvent(
  name: string,
  item: Item,
  rules: NoticeRules & { data: Record<string, string> },
): InboundEvent {
  const { opensWindow, data } = rules;
  if (item.sender !== null && isCustomer(item))
    return { kind: "notice", from: item.sender, name, data, opensWindow };
  const withRef = item.userRef === null ? data : { ...data, user_ref: item.userRef };
  return { kind: "account", name, data: withRef, health: null };
}

/**
 * A line in the customer's conversation with the event's fields. Without a sender id (a plugin's visitor is only a
 * `user_ref`) there is no conversation to put it into, and it is kept for the account.
 */
export const notice =
  (name: string, rules: NoticeRules): Reader =>
  (value, item) => ({
    key: keyOf(name, fingerprint(item)),
    event: noticeEvent(name, item, { ...rules, data: shownFacts(value) }),
  });

/** Which app holds which role for the page; concerns no customer. */
export const readAppRoles: Reader = (value, item) => ({
  key: keyOf("app_roles", fingerprint(item)),
  event: { kind: "account", name: "app_roles", data: shownFacts(value), health: null },
});

const Policy = z.object({ action: Text, reason: Text.nullish().catch(null) });

const healthAfter: Readonly<Record<string, HealthState>> = { block: "restricted", unblock: "ok" };

/** Meta warns, blocks or unblocks the page. The item has no sender. */
export const readPolicy: Reader = (value, item) => {
  const { action, reason } = Policy.parse(value);
  const health = Object.hasOwn(healthAfter, action) ? (healthAfter[action] ?? null) : null;
  return {
    key: keyOf("policy_enforcement", fingerprint(item)),
    event: { kind: "account", name: "policy_enforcement", data: { action, reason: reason ?? "" }, health },
  };
};
