import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { ThreadItem } from "./thread-items.ts";

const nearEnd = 80;
const nearTop = 240;

interface Options {
  /** The message to show; each count is a wish of its own. */
  readonly target: { readonly messageId: string; readonly count: number } | null;
  /** The rows end before the newest message. */
  readonly hasNewer: boolean;
  readonly onTop: () => void;
  readonly onBottom: () => void;
}

interface AnchoredScroll {
  readonly ref: RefObject<HTMLElement | null>;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
  /** Pixels below the view, 0 when the end is in sight. */
  readonly below: number;
  /** Messages that came in while the reader was further up. */
  readonly arrived: number;
}

/**
 * Keeps the reader where they are: at the end while they are at the end; on the same message when older ones come in
 * above; on the unread line when the thread opens; on the message they asked to see; on what they have just sent.
 */
export function useAnchoredScroll(
  items: readonly ThreadItem[],
  { target, hasNewer, onTop, onBottom }: Options,
): AnchoredScroll {
  const ref = useRef<HTMLElement>(null);
  const before = useRef<Before | null>(null);
  const shown = useRef(0);
  /** Rows that come into sight take their true height late: until the reader moves, the message is kept in the middle. */
  const held = useRef<HTMLElement | null>(null);
  const isAtEnd = useRef(true);
  const [below, setBelow] = useState(0);
  const [arrived, setArrived] = useState(0);

  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const old = before.current;
    const first = items.find((i) => i.kind === "message")?.key;
    const last = items.at(-1)?.key;
    const wanted = target && target.count !== shown.current ? rowOf(target.messageId) : null;
    if (wanted && target) {
      shown.current = target.count;
      held.current = wanted;
      isAtEnd.current = false;
      wanted.scrollIntoView({ block: "center" });
      wanted.focus({ preventScroll: true });
    } else if (!old) {
      const line = box.querySelector("[data-unread-line]");
      if (line) line.scrollIntoView({ block: "center" });
      else box.scrollTop = box.scrollHeight;
      isAtEnd.current = !hasNewer && distance(box) < nearEnd;
    } else if (old.hasNewer && !hasNewer && old.first !== first) {
      isAtEnd.current = true;
      box.scrollTop = box.scrollHeight;
    } else if (old.first !== first && old.last === last) box.scrollTop += box.scrollHeight - old.height;
    else if (isAtEnd.current || (old.last !== last && items.at(-1)?.kind === "outgoing")) {
      isAtEnd.current = true;
      box.scrollTop = box.scrollHeight;
    } else if (old.last !== last && !old.hasNewer) setArrived((n) => n + 1);
    before.current = { first, last, hasNewer, height: box.scrollHeight };
    setBelow(isAtEnd.current ? 0 : distance(box));
  }, [items, target, hasNewer]);

  // Pictures and the composer change heights after the fact; at the end we stay at the end.
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const watch = new ResizeObserver(() => {
      if (isAtEnd.current) box.scrollTop = box.scrollHeight;
      else if (held.current?.isConnected) held.current.scrollIntoView({ block: "center" });
      if (before.current) before.current.height = box.scrollHeight;
    });
    watch.observe(box);
    for (const child of box.children) watch.observe(child);
    const letGo = () => {
      held.current = null;
    };
    for (const name of moves) box.addEventListener(name, letGo, { passive: true });
    return () => {
      watch.disconnect();
      for (const name of moves) box.removeEventListener(name, letGo);
    };
  }, []);

  return {
    ref,
    below,
    arrived,
    onScroll() {
      const box = ref.current;
      if (!box) return;
      isAtEnd.current = !hasNewer && distance(box) < nearEnd;
      setBelow(isAtEnd.current ? 0 : distance(box));
      if (isAtEnd.current) setArrived(0);
      if (box.scrollTop < nearTop) onTop();
      if (hasNewer && distance(box) < nearTop) onBottom();
    },
    toEnd() {
      const box = ref.current;
      held.current = null;
      isAtEnd.current = true;
      if (box) box.scrollTop = box.scrollHeight;
    },
  };
}

/** What the reader scrolls with. */
const moves = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

interface Before {
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly hasNewer: boolean;
  height: number;
}

const rowOf = (messageId: string): HTMLElement | null => document.getElementById(`message-${messageId}`);

const distance = (box: HTMLElement) => box.scrollHeight - box.clientHeight - box.scrollTop;
