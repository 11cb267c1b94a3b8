import { Check, ChevronRight, type LucideIcon } from "lucide-react";
import { DropdownMenu as Radix, ContextMenu as RadixContext } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { floating, menuItem, menuItemDanger } from "./floating.ts";
import { ShortcutHint } from "./kbd.tsx";
import type { ShortcutId } from "./shortcuts.ts";

export type MenuEntry =
  | {
      readonly kind?: "item";
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon | ReactNode;
      readonly shortcut?: ShortcutId;
      readonly hint?: string;
      /** Shown with a tick: the entry is one of a choice. */
      readonly checked?: boolean;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly onSelect: () => void;
    }
  | {
      readonly kind: "menu";
      readonly id: string;
      readonly label: string;
      readonly icon?: ReactNode;
      readonly entries: readonly MenuEntry[];
    }
  | { readonly kind: "line"; readonly id: string }
  | { readonly kind: "title"; readonly id: string; readonly label: string };

/** Dropdown and context menu have the same parts under two names. */
type Parts = typeof Radix | typeof RadixContext;

function isComponent(icon: LucideIcon | ReactNode): icon is LucideIcon {
  return typeof icon === "object" && icon !== null && "render" in icon && "$$typeof" in icon;
}

function Entry({ parts: P, entry }: { readonly parts: Parts; readonly entry: MenuEntry }) {
  if (entry.kind === "line") return <P.Separator className="-mx-1 my-1 h-px bg-line" />;
  if (entry.kind === "title")
    return <P.Label className="px-2 pt-1.5 pb-1 text-small font-medium text-ink-3">{entry.label}</P.Label>;
  if (entry.kind === "menu")
    return (
      <P.Sub>
        <P.SubTrigger className={cn(menuItem, "data-[state=open]:bg-hover")}>
          {entry.icon}
          <span className="flex-1 truncate">{entry.label}</span>
          <ChevronRight size={16} aria-hidden />
        </P.SubTrigger>
        <P.Portal>
          <P.SubContent sideOffset={4} collisionPadding={8} className={cn(floating, "min-w-48 p-1")}>
            {entry.entries.map((child) => (
              <Entry key={child.id} parts={P} entry={child} />
            ))}
          </P.SubContent>
        </P.Portal>
      </P.Sub>
    );
  const Icon = entry.icon;
  const inside = (
    <>
      {isComponent(Icon) ? <Icon size={16} aria-hidden /> : Icon}
      <span className="min-w-0 flex-1 truncate">
        {entry.label}
        {entry.hint && <span className="ml-2 text-small text-ink-3">{entry.hint}</span>}
      </span>
      {entry.shortcut && <ShortcutHint id={entry.shortcut} className="pl-4" />}
      {entry.checked && <Check size={16} aria-hidden />}
    </>
  );
  const look = cn(menuItem, entry.danger && menuItemDanger);
  const disabled = entry.disabled ?? false;
  if (entry.checked !== undefined)
    return (
      <P.CheckboxItem checked={entry.checked} disabled={disabled} onSelect={entry.onSelect} className={look}>
        {inside}
      </P.CheckboxItem>
    );
  return (
    <P.Item disabled={disabled} onSelect={entry.onSelect} className={look}>
      {inside}
    </P.Item>
  );
}

interface DropdownMenuProps {
  readonly trigger: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly align?: "start" | "center" | "end";
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

export function DropdownMenu(props: DropdownMenuProps) {
  const { trigger, entries, side = "bottom", align = "start", open, onOpenChange } = props;
  return (
    <Radix.Root
      modal={false}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange } : {})}
    >
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            floating,
            "max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto p-1",
          )}
        >
          {entries.map((entry) => (
            <Entry key={entry.id} parts={Radix} entry={entry} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ContextMenuProps {
  readonly entries: readonly MenuEntry[];
  /** One element that takes a ref; the same entries must be reachable by a button or a key as well. */
  readonly children: ReactNode;
}

export function ContextMenu({ entries, children }: ContextMenuProps) {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content collisionPadding={8} className={cn(floating, "min-w-52 p-1")}>
          {entries.map((entry) => (
            <Entry key={entry.id} parts={RadixContext} entry={entry} />
          ))}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}
