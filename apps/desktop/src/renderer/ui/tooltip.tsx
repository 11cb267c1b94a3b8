import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { ShortcutHint } from "./kbd.tsx";
import type { ShortcutId } from "./shortcuts.ts";

interface TooltipProps {
  readonly label: ReactNode;
  readonly shortcut?: ShortcutId;
  readonly side?: "top" | "right" | "bottom" | "left";
  /** One element that takes a ref and can be focused. */
  readonly children: ReactNode;
}

/** Says what a control is; never the only place where something is said. Needs TooltipScope above it. */
export function Tooltip({ label, shortcut, side = "bottom", children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-80 animate-fade items-center gap-2 rounded-ui bg-raised px-2 py-1 text-small text-ink shadow-float"
        >
          {label}
          {shortcut && <ShortcutHint id={shortcut} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Once, around the application: after the first tooltip the next ones come at once. */
export function TooltipScope({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={300}>
      {children}
    </Radix.Provider>
  );
}
