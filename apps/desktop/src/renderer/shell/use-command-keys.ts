import type { Client } from "../actions/client.ts";
import { openDialog } from "../actions/navigate.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import { run } from "../actions/run.ts";
import type { Command } from "../panels/panel.ts";
import type { State } from "../state/model.ts";
import { type ShortcutHandlers, useShortcuts } from "../ui/use-shortcuts.ts";
import { panels } from "./panels.ts";

export const commands: readonly Command[] = panels.flatMap((panel) => panel.commands ?? []);

export const isPossible = (command: Command, state: State): boolean => command.isPossible?.(state) ?? true;

export function runCommand(client: Client, command: Command): void {
  // Keys are pressed between renders: what was possible then need not be now.
  if (!isPossible(command, client.store.getState())) return;
  run(client, Promise.resolve(command.run(client)));
}

/** The keys of all panels' commands, and of the shell's own. */
export function useCommandKeys(): void {
  const client = useClient();
  const possible = useSelect(possibleIds);
  const handlers: Record<string, () => void> = {
    palette: () => openDialog(client, { kind: "palette" }),
    help: () => openDialog(client, { kind: "shortcuts" }),
  };
  for (const command of commands)
    if (command.shortcut && possible.split(" ").includes(command.id))
      handlers[command.shortcut] = () => runCommand(client, command);
  useShortcuts(handlers satisfies ShortcutHandlers);
}

/** As one text, so that a render happens only when the set changes. */
const possibleIds = (state: State): string =>
  commands
    .filter((command) => isPossible(command, state))
    .map((command) => command.id)
    .join(" ");
