import type { AuditFilter, CommandInput, CommandOutput } from "@tongdai/shared";
import type { Client } from "./client.ts";
import { saveFile } from "./save-file.ts";

export const listAudit = (
  client: Client,
  input: CommandInput<"audit.list">,
): Promise<CommandOutput<"audit.list">> => client.request("audit.list", input);

export async function downloadAudit(client: Client, filter: AuditFilter): Promise<void> {
  const query = new URLSearchParams(Object.entries(filter).map(([key, value]) => [key, String(value)]));
  await saveFile(client, await client.rest.auditFile(query.toString()), "tongdai-audit.csv");
}
