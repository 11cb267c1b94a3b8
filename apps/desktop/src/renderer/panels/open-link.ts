import type { Client } from "../actions/client.ts";
import { mayDial, takeNumber } from "../actions/dial.ts";
import { run } from "../actions/run.ts";

/** A link from a stranger's message: always outside of this window, and in the desktop through its one guarded door. */
export function openLink(client: Client, href: string): void {
  const isOurs = client.desktop !== null || mayDial(client.store.getState());
  // The desktop is itself what the system starts for these.
  if (isOurs && href.startsWith("tel:")) takeNumber(client, href.slice(4));
  else if (client.desktop) run(client, client.desktop.openExternal(href));
  else window.open(href, "_blank", "noopener,noreferrer");
}
