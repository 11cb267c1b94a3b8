import { useEffect, useRef } from "react";
import { createMatcher, isMac, isTyping, type ShortcutId } from "./shortcuts.ts";

export type ShortcutHandlers = { readonly [id in ShortcutId]?: () => void };

interface Layer {
  handlers: ShortcutHandlers;
}

/** Whoever is mounted and answers commands. Of two that answer the same command the last one mounted does. */
const layers: Layer[] = [];
const matcher = createMatcher({ mac: isMac });

function activeIds(): ShortcutId[] {
  return layers.flatMap(({ handlers }) =>
    (Object.keys(handlers) as ShortcutId[]).filter((id) => handlers[id] !== undefined),
  );
}

/** A button keeps its own Enter and Space; an open dialog or menu keeps its own Escape and arrows. */
function ownsKey(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest("[role=dialog],[role=alertdialog],[role=menu],[data-own-keys]"))
    return !(event.ctrlKey || event.metaKey);
  const keys = event.key === "Enter" || event.key === " ";
  return keys && target.closest("button,a[href],[role=link],[role=option],summary") !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || ownsKey(event)) return;
  const match = matcher.press(event, {
    active: activeIds(),
    typing: isTyping(event.target),
    now: event.timeStamp,
  });
  if (match.kind !== "command") return;
  event.preventDefault();
  layers.findLast(({ handlers }) => handlers[match.id])?.handlers[match.id]?.();
}

function addLayer(layer: Layer): () => void {
  if (layers.length === 0) document.addEventListener("keydown", onKeyDown);
  layers.push(layer);
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    if (layers.length === 0) {
      document.removeEventListener("keydown", onKeyDown);
      matcher.reset();
    }
  };
}

/** Answers commands while mounted. Handlers may be written inline: the newest ones are used. */
export function useShortcuts(handlers: ShortcutHandlers, enabled = true): void {
  const layer = useRef<Layer>({ handlers });
  useEffect(() => {
    layer.current.handlers = handlers;
  });
  useEffect(() => (enabled ? addLayer(layer.current) : undefined), [enabled]);
}

/** Runs a command by name, for the palette and menus; answers whether anybody was there to run it. */
export function runShortcut(id: ShortcutId): boolean {
  const run = layers.findLast(({ handlers }) => handlers[id])?.handlers[id];
  run?.();
  return run !== undefined;
}
