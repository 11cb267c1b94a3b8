import { asList, asObject, asText, type Json } from "../kit/json.ts";
import type { ProviderName, SenderAccount } from "./sim.ts";

const providers: readonly ProviderName[] = ["esms", "speedsms", "stringee", "twilio"];

/** The numbers and brandnames that a configuration names. Throws for a provider that is not played. */
export const parseAccounts = (value: Json | undefined): SenderAccount[] =>
  asList(value).map((each) => {
    const { provider: name, sender, keys, webhookUrl } = asObject(each);
    const provider = providers.find((p) => p === name);
    if (!provider) throw new Error("a provider that is not played");
    return {
      provider,
      sender: asText(sender) ?? "",
      keys: Object.fromEntries(Object.entries(asObject(keys)).map(([k, v]) => [k, asText(v) ?? ""])),
      webhookUrl: asText(webhookUrl) ?? "",
    };
  });
