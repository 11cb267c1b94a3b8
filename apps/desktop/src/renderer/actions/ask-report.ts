import type { CommandInput, CommandOutput } from "@tongdai/shared";
import type { Client } from "./client.ts";

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
  const url = URL.createObjectURL(await client.rest.reportFacts(query.toString()));
  const name = `tongdai-${o.from}-${o.to}.csv`;
  if (client.desktop) await client.desktop.download({ url, name });
  else {
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
  }
  // The browser reads it after the click.
  client.clock.after(60_000, () => URL.revokeObjectURL(url));
}
