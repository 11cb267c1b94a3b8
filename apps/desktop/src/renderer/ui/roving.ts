import type { KeyboardEvent } from "react";

const moves: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(count - 1, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * One stop for Tab in a list of buttons, which the arrow keys walk. The list carries `data-roving-list`, with the value
 * `across` for a row; each button this
 * as its `onKeyDown`, `data-roving` and, but for one of them, `tabIndex={-1}`.
 */
export function rovingKeys(event: KeyboardEvent<HTMLElement>): void {
  const move = moves[event.key];
  if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
  const list = event.currentTarget.closest<HTMLElement>("[data-roving-list]");
  const isAcross = list?.dataset["rovingList"] === "across";
  if (isAcross ? /^Arrow(?:Up|Down)$/.test(event.key) : /^Arrow(?:Left|Right)$/.test(event.key)) return;
  const items = [...(list?.querySelectorAll<HTMLElement>("[data-roving]") ?? [])];
  const next = items[move(items.indexOf(event.currentTarget), items.length)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
