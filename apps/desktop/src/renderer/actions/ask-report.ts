import type { CommandInput, CommandOutput } from "@tongdai/shared";
import type { Client } from "./client.ts";
import { saveFile } from "./save-file.ts";

export const askReport = (
  client: Client,
  input: CommandInput<"report.query">,
): Promise<CommandOutput<"report.query">> => client.request("report.query", input);

export const askReportRows = (
  client: Client,
  input: CommandInput<"report.rows">,
): Promise<CommandOutput<"report.rows">> => client.request("report.rows", input);

/** The facts of some days to the person's disk. */
export async function downloadFacts(client: Client, o: { from: string; to: string }): Promise<void> {
  const query = new URLSearchParams({ from: o.from, to: o.to });
  await saveFile(client, await client.rest.reportFacts(query.toString()), `tongdai-${o.from}-${o.to}.csv`);
}
