import { type Key, useT } from "../i18n/index.ts";
import { Dialog } from "./dialog.tsx";
import { Kbd } from "./kbd.tsx";
import { type Scope, shortcut, shortcutIds } from "./shortcuts.ts";

const scopes = [
  "global",
  "go",
  "list",
  "conversation",
  "ticket",
  "composer",
  "offer",
  "call",
] as const satisfies readonly Scope[];

const taught = (scope: Scope) => shortcutIds.filter((id) => shortcut(id).scope === scope);

interface ShortcutSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Whether there are calls at all. */
  readonly calls?: boolean;
}

/** The `?` sheet: the table of shortcuts, as people read it. */
export function ShortcutSheet({ open, onOpenChange, calls = false }: ShortcutSheetProps) {
  const t = useT();
  const label = (key: Key & `shortcuts.${string}`) => t(key);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("shortcuts.title")}
      description={t("shortcuts.hint")}
      width="large"
      reading
    >
      <div className="gap-8 sm:columns-2">
        {scopes
          .filter((scope) => calls || scope !== "call")
          .map((scope) => (
            <section key={scope} className="mb-4 break-inside-avoid">
              <h3 className="mb-1 text-small font-medium text-ink-3">{t(`shortcuts.scope.${scope}`)}</h3>
              <dl>
                {taught(scope).map((id) => (
                  <div key={id} className="flex min-h-8 items-center justify-between gap-4">
                    <dt className="min-w-0 text-body text-ink">{label(shortcut(id).labelKey)}</dt>
                    <dd className="flex shrink-0 items-center gap-1.5 text-small text-ink-3">
                      {shortcut(id).keys.map((keys, index) => (
                        <span key={keys} className="inline-flex items-center gap-1.5">
                          {index > 0 && t("shortcuts.or")}
                          <Kbd keys={keys} />
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  );
}
