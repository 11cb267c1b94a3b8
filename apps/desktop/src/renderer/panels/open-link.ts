import type { Client } from "../actions/client.ts";
import { run } from "../actions/run.ts";
import { findNumber } from "../actions/search-customers.ts";

/** A link from a stranger's message: always outside of this window, and in the desktop through its one guarded door. */
export function openLink(client: Client, href: string): void {
  // The desktop is itself what the system starts for these.
  if (client.desktop && href.startsWith("tel:")) findNumber(client, href.slice(4));
  else if (client.desktop) run(client, client.desktop.openExternal(href));
  else window.open(href, "_blank", "noopener,noreferrer");
}
