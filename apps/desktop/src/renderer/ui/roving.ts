import type { KeyboardEvent } from "react";

const moves: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(count - 1, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * One stop for Tab in a list of buttons, which the arrow keys walk. The list carries `data-roving-list`; each button this
 * as its `onKeyDown`, `data-roving` and, but for one of them, `tabIndex={-1}`.
 */
export function rovingKeys(event: KeyboardEvent<HTMLElement>): void {
  const move = moves[event.key];
  if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
  const list = event.currentTarget.closest("[data-roving-list]");
  const items = [...(list?.querySelectorAll<HTMLElement>("[data-roving]") ?? [])];
  const next = items[move(items.indexOf(event.currentTarget), items.length)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
