import { type RefObject, useLayoutEffect, useRef } from "react";
import { focusOn } from "../../actions/navigate.ts";
import { useClient } from "../../actions/react-client.ts";

interface KeptFocus {
  /** Its rows stand in the order of the ids; the last button of each is where the focus goes. */
  readonly list: RefObject<HTMLUListElement | null>;
  /** Before an item is taken out or put in. */
  readonly keep: (id: string) => void;
}

/** Taking an item out removes the button that was pressed, and so may putting in the last one: the focus stays near it. */
export function useKeptFocus(ids: readonly string[]): KeptFocus {
  const client = useClient();
  const list = useRef<HTMLUListElement>(null);
  const pressed = useRef<{ readonly id: string; readonly index: number } | null>(null);
  useLayoutEffect(() => {
    const from = pressed.current;
    const index = from === null ? -1 : ids.indexOf(from.id);
    if (from === null || (index === -1) === (from.index === -1)) return;
    pressed.current = null;
    if (document.activeElement !== document.body) return;
    const row = list.current?.children[Math.min(Math.max(from.index, index), ids.length - 1)];
    const button = row?.querySelector<HTMLElement>("button:last-of-type");
    if (button) button.focus();
    else focusOn(client, "ticket");
  });
  const keep = (id: string) => {
    pressed.current = { id, index: ids.indexOf(id) };
  };
  return { list, keep };
}
