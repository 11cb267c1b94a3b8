import type { Client } from "../actions/client.ts";
import { run } from "../actions/run.ts";

/** A link from a stranger's message: always outside of this window, and in the desktop through its one guarded door. */
export function openLink(client: Client, href: string): void {
  if (client.desktop) run(client, client.desktop.openExternal(href));
  else window.open(href, "_blank", "noopener,noreferrer");
}
