import type { Client } from "../actions/client.ts";
import { runShortcut } from "../ui/use-shortcuts.ts";

/** What opens in the right pane is to be seen, though the pane may be folded away from other work. */
export function unfoldSide(client: Client): void {
  if (!client.store.getState().ui.preferences.rightOpen) runShortcut("pane.right");
}
