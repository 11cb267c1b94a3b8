import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";
import { isMac, keyCaps, type ShortcutId, shortcut } from "./shortcuts.ts";

interface KbdProps {
  /** "mod+k", "g i" */
  readonly keys: string;
  readonly className?: string;
}

export function Kbd({ keys, className }: KbdProps) {
  const t = useT();
  return (
    <span className={cn("inline-flex shrink-0 items-center gap-1 text-small text-ink-3", className)}>
      {keyCaps(keys, isMac).map((caps, index) => (
        <span key={caps.join("+")} className="inline-flex items-center gap-0.5">
          {index > 0 && <span className="mr-0.5">{t("shortcuts.followedBy")}</span>}
          {caps.map((cap) => (
            <kbd
              key={cap}
              className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-tight border border-current/30 px-1 font-sans text-small leading-none"
            >
              {cap}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

/** The first key of a command, as shown beside menu entries. */
export function ShortcutHint({ id, className }: { readonly id: ShortcutId; readonly className?: string }) {
  const keys = shortcut(id).keys[0];
  return keys ? <Kbd keys={keys} {...(className ? { className } : {})} /> : null;
}
