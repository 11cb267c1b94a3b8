import { useLayoutEffect, useRef } from "react";

/** Where the overlay that opened last goes back to. */
let latest: HTMLElement | null = null;

/**
 * Gives focus back to where it was when a dialog opened. Radix returns it to a trigger, and dialogs that a key or
 * the palette opens have none. Hand the result to the dialog's `onCloseAutoFocus`.
 */
export function useFocusReturn(open: boolean): (event: Event) => void {
  const before = useRef<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  // Read while rendering would be too early in strict mode, and an effect too late: the dialog has taken focus.
  useLayoutEffect(() => {
    if (open && !wasOpen.current) {
      before.current = lasting(document.activeElement) ?? latest;
      latest = before.current;
    }
    wasOpen.current = open;
  }, [open]);
  return (event) => {
    event.preventDefault();
    if (before.current?.isConnected) before.current.focus();
    if (latest === before.current) latest = null;
    before.current = null;
  };
}

/** What will be here still when the dialog closes: of a menu its button; nothing of a palette that has just gone. */
function lasting(active: Element | null): HTMLElement | null {
  const menu = active?.closest("[role=menu]");
  const here = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : active;
  return here instanceof HTMLElement && here !== document.body ? here : null;
}
