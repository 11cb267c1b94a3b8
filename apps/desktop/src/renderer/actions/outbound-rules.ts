import type { CommandInput, OutboundRules } from "@tongdai/shared";
import type { Client } from "./client.ts";

export const loadOutboundRules = async (client: Client): Promise<OutboundRules> =>
  (await client.request("outbound_rules.get", {})).rules;

/** From the next call on. Rejects with `conflict` when somebody was quicker. */
export const saveOutboundRules = async (
  client: Client,
  rules: CommandInput<"outbound_rules.save">,
): Promise<OutboundRules> => (await client.request("outbound_rules.save", rules)).rules;
