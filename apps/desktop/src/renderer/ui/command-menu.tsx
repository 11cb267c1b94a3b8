import { Command } from "cmdk";
import { type LucideIcon, Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";
import { scrim } from "./dialog.tsx";
import { ShortcutHint } from "./kbd.tsx";
import type { ShortcutId } from "./shortcuts.ts";
import { rankCommand } from "./text.ts";
import { useFocusReturn } from "./use-focus-return.ts";

export interface CommandEntry {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly icon?: LucideIcon;
  /** Before the label instead of an icon: an avatar, a channel. */
  readonly leading?: ReactNode;
  readonly hint?: string;
  readonly shortcut?: ShortcutId;
  /** Other words for it, in the other language for instance. */
  readonly keywords?: readonly string[];
  readonly run: () => void;
}

interface CommandMenuProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly commands: readonly CommandEntry[];
  readonly placeholder?: string;
  /** For what is looked up elsewhere: customers, tickets. */
  readonly onQuery?: (query: string) => void;
  readonly loading?: boolean;
}

/** Everything by name. Found without marks: "ghi chu" finds "Ghi chú". */
export function CommandMenu(props: CommandMenuProps) {
  const { open, onOpenChange, commands, placeholder, onQuery, loading = false } = props;
  const t = useT();
  const [query, setQuery] = useState("");
  const returnFocus = useFocusReturn(open);
  const type = (next: string) => {
    setQuery(next);
    onQuery?.(next);
  };
  const close = (next: boolean) => {
    if (!next) type("");
    onOpenChange(next);
  };
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Dialog.Root open={open} onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className={scrim} />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-48px)] max-w-140 -translate-x-1/2 animate-fade overflow-hidden rounded-ui bg-raised text-ink shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{t("common.commands")}</Dialog.Title>
          <Command
            label={t("common.commands")}
            loop
            filter={(_id, search, keywords) => rankCommand((keywords ?? []).join(" "), search)}
          >
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Search size={16} aria-hidden className="shrink-0 text-ink-3" />
              <Command.Input
                value={query}
                onValueChange={type}
                placeholder={placeholder ?? t("common.commandsHint")}
                className="h-11 min-w-0 flex-1 bg-transparent text-read text-ink outline-none"
              />
            </div>
            <Command.List className="max-h-90 overflow-y-auto p-1">
              <Command.Empty className="px-3 py-8 text-center text-body text-ink-3">
                {loading ? t("common.loading") : t("common.noResultsFor", { query })}
              </Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3"
                >
                  {commands
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <Row
                        key={command.id}
                        command={command}
                        onRun={() => {
                          close(false);
                          command.run();
                        }}
                      />
                    ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Row({ command, onRun }: { readonly command: CommandEntry; readonly onRun: () => void }) {
  const Icon = command.icon;
  return (
    <Command.Item
      value={command.id}
      keywords={[command.label, ...(command.keywords ?? [])]}
      onSelect={onRun}
      className={cn(
        "flex h-9 select-none items-center gap-2.5 rounded-tight px-2 text-body text-ink data-[selected=true]:bg-selected",
      )}
    >
      {command.leading ?? (Icon && <Icon size={16} aria-hidden className="shrink-0 text-ink-3" />) ?? (
        <span className="size-4 shrink-0" />
      )}
      <span className="min-w-0 flex-1 truncate">
        {command.label}
        {command.hint && <span className="ml-2 text-small text-ink-3">{command.hint}</span>}
      </span>
      {command.shortcut && <ShortcutHint id={command.shortcut} />}
    </Command.Item>
  );
}
