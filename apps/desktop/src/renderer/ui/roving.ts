import type { KeyboardEvent } from "react";

const moves: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(count - 1, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * One stop for Tab in a list of buttons, which the arrow keys walk. Put it on the list as `onKeyDown`; the buttons carry
 * `data-roving` and, but for the first, `tabIndex={-1}`.
 */
export function rovingKeys(event: KeyboardEvent<HTMLElement>): void {
  const move = moves[event.key];
  if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-roving]")];
  const active = document.activeElement;
  const at = active instanceof HTMLElement ? items.indexOf(active) : -1;
  const next = at < 0 ? undefined : items[move(at, items.length)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
