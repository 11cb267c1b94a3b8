import type { CommandInput, CommandOutput } from "@tongdai/shared";
import type { Client } from "./client.ts";

export const listAudit = (
  client: Client,
  input: CommandInput<"audit.list">,
): Promise<CommandOutput<"audit.list">> => client.request("audit.list", input);
