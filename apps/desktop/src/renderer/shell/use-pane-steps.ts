import { type FocusEvent, useRef } from "react";
import { useClient } from "../actions/react-client.ts";
import { useShortcuts } from "../ui/use-shortcuts.ts";

/**
 * One key from pane to pane, each entered where one left it. Panes carry `data-pane`; a folded one is passed over.
 * @returns what the element around the panes needs
 */
export function usePaneSteps() {
  const client = useClient();
  const root = useRef<HTMLDivElement>(null);
  const left = useRef(new Map<string, HTMLElement>());
  const step = (by: number) => {
    const { leftOpen, rightOpen } = client.store.getState().ui.preferences;
    const isOpen = (name: string | undefined) =>
      name === "left" ? leftOpen : name === "right" ? rightOpen : true;
    const panes = [...(root.current?.querySelectorAll<HTMLElement>("[data-pane]") ?? [])].filter((pane) =>
      isOpen(pane.dataset["pane"]),
    );
    const at = panes.findIndex((pane) => pane.contains(document.activeElement));
    // From elsewhere, the rail for example, the first one is the next.
    const to = panes.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % panes.length);
    if (!to) return;
    const before = left.current.get(to.dataset["pane"] ?? "");
    (before && to.contains(before) ? before : to).focus();
  };
  useShortcuts({ "pane.next": () => step(1), "pane.previous": () => step(-1) });
  const onFocus = ({ target }: FocusEvent) => {
    const name = target.closest<HTMLElement>("[data-pane]")?.dataset["pane"];
    if (name && target instanceof HTMLElement) left.current.set(name, target);
  };
  return { ref: root, onFocus };
}
