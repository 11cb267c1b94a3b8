import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { Toaster as Sonner, toast as sonner } from "sonner";
import { useT } from "../i18n/index.ts";

/** Once, at the root. Toasts confirm; what must not be missed is said where it happened. */
export function Toaster() {
  const t = useT();
  return (
    <Sonner
      // Over the end of the list, no wider than it: offers come at the upper right, and the composer stays free.
      position="bottom-left"
      containerAriaLabel={t("common.notifications")}
      gap={8}
      // Over dialogs, under the menus that open where toasts stand.
      style={{ zIndex: 45 }}
      offset={{ bottom: 12, left: 60 }}
      visibleToasts={3}
      icons={{
        success: <CircleCheck size={16} className="text-green" />,
        info: <Info size={16} className="text-blue" />,
        warning: <TriangleAlert size={16} className="text-amber" />,
        error: <CircleAlert size={16} className="text-red" />,
      }}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: t("common.close"),
        classNames: {
          toast:
            "flex w-74 items-start gap-2 rounded-ui bg-raised px-3 py-2.5 font-sans text-body text-ink shadow-float",
          content: "min-w-0 flex-1",
          title: "font-medium",
          description: "text-ink-2",
          icon: "mt-0.5 shrink-0",
          actionButton:
            "-my-0.5 h-6 shrink-0 rounded-tight px-2 text-body font-medium text-accent-ink hover:bg-hover",
        },
      }}
    />
  );
}

export interface ToastOptions {
  readonly tone?: "info" | "success" | "warning" | "error";
  readonly detail?: string;
  /** A way back: undo, open, try again. */
  readonly action?: { readonly label: string; readonly onClick: () => void };
  /** The same key replaces the toast that is on screen. */
  readonly key?: string;
}

export function toast(title: string, { tone, detail, action, key }: ToastOptions = {}): void {
  const show = tone ? sonner[tone] : sonner;
  show(title, {
    ...(detail ? { description: detail } : {}),
    ...(action ? { action } : {}),
    ...(key ? { id: key } : {}),
    // Enough time to reach an undo; an error stays until it was read.
    duration: tone === "error" ? 12_000 : action ? 8_000 : 4_000,
  });
}
