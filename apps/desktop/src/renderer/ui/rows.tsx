import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";

/** Marks the button that removes a row, and the one that adds another. */
export const removesRow = { "data-removes-row": "" };
export const addsRow = { "data-adds-row": "" };

/**
 * Rows that can be removed. Whoever removes one goes on with the row that takes its place, with the last one, or with the
 * button that adds, and is not thrown out of the form.
 */
export function Rows({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const removed = useRef<number | null>(null);
  const own = (selector: string): HTMLElement[] =>
    [...(box.current?.querySelectorAll<HTMLElement>(selector) ?? [])].filter(
      (found) => found.closest("[data-rows]") === box.current,
    );
  useEffect(() => {
    if (removed.current === null) return;
    const left = own("[data-removes-row]");
    const next = left[Math.min(removed.current, left.length - 1)] ?? own("[data-adds-row]")[0];
    removed.current = null;
    next?.focus();
  });
  const note = (event: MouseEvent) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-removes-row]");
    const at = pressed ? own("[data-removes-row]").indexOf(pressed) : -1;
    if (at >= 0) removed.current = at;
  };
  return (
    // The buttons themselves are pressed, also by keys; here is only seen which.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div ref={box} data-rows className="contents" onClickCapture={note}>
      {children}
    </div>
  );
}
