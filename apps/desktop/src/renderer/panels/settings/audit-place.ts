import type { AuditRow } from "@tongdai/shared";
import type { Route } from "../../state/route.ts";

const sections: Readonly<Record<string, string>> = {
  user: "people",
  queue: "queues",
  hours: "hours",
  skill: "skills",
  team: "teams",
  capacity: "capacity",
  state_rules: "states",
  outbound_rules: "outbound",
  canned_reply: "canned",
  channel_account: "channels",
  account_signature: "channels",
  webhook: "webhooks",
};

/** Where one can look at what a row is about; `null`: nowhere. */
export function placeOf({ action, target }: AuditRow): Route | null {
  const [noun = ""] = action.split(".");
  if (noun === "customer") return { name: "customers", customerId: target };
  const section = sections[noun];
  return section === undefined ? null : { name: "settings", section };
}
