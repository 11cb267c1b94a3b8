import { useLayoutEffect, useRef } from "react";

/**
 * Gives focus back to where it was when a dialog opened. Radix returns it to a trigger, and dialogs that a key or
 * the palette opens have none. Hand the result to the dialog's `onCloseAutoFocus`.
 */
export function useFocusReturn(open: boolean): (event: Event) => void {
  const before = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  // Read while rendering would be too early in strict mode, and an effect too late: the dialog has taken focus.
  useLayoutEffect(() => {
    if (open && !wasOpen.current) before.current = document.activeElement;
    wasOpen.current = open;
  }, [open]);
  return (event) => {
    event.preventDefault();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    before.current = null;
  };
}
