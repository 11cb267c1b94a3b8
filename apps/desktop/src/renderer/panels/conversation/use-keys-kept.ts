import { type RefObject, useEffect, useEffectEvent } from "react";

/**
 * What had the focus and is gone (a chip, a button that unfolds) would leave the keys to the desk's commands, and the next
 * letters typed would end the work. The box takes the focus then.
 */
export function useKeysKept(within: RefObject<HTMLElement | null>, focusBox: () => void): void {
  const focus = useEffectEvent(focusBox);
  useEffect(() => {
    const place = within.current;
    if (!place) return;
    let last: EventTarget | null = null;
    const remember = (event: FocusEvent) => {
      last = event.target;
    };
    const watcher = new MutationObserver(() => {
      if (!(last instanceof Node) || last.isConnected) return;
      last = null;
      if (document.activeElement === document.body) focus();
    });
    place.addEventListener("focusin", remember);
    watcher.observe(place, { childList: true, subtree: true });
    return () => {
      place.removeEventListener("focusin", remember);
      watcher.disconnect();
    };
  }, [within]);
}
