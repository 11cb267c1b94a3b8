import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { ThreadItem } from "./thread-items.ts";

const nearEnd = 80;
const nearTop = 240;

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
 * above; on the unread line when the thread opens.
 */
export function useAnchoredScroll(items: readonly ThreadItem[], onTop: () => void): AnchoredScroll {
  const ref = useRef<HTMLElement>(null);
  const before = useRef<{ first: string | undefined; last: string | undefined; height: number } | null>(null);
  const isAtEnd = useRef(true);
  const [below, setBelow] = useState(0);
  const [arrived, setArrived] = useState(0);

  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const old = before.current;
    const first = items.find((i) => i.kind === "message")?.key;
    const last = items.at(-1)?.key;
    if (!old) {
      const line = box.querySelector("[data-unread-line]");
      if (line) line.scrollIntoView({ block: "center" });
      else box.scrollTop = box.scrollHeight;
      isAtEnd.current = distance(box) < nearEnd;
    } else if (old.first !== first && old.last === last) box.scrollTop += box.scrollHeight - old.height;
    else if (isAtEnd.current) box.scrollTop = box.scrollHeight;
    else if (old.last !== last) setArrived((n) => n + 1);
    before.current = { first, last, height: box.scrollHeight };
    setBelow(isAtEnd.current ? 0 : distance(box));
  }, [items]);

  // Pictures and the composer change heights after the fact; at the end we stay at the end.
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const watch = new ResizeObserver(() => {
      if (isAtEnd.current) box.scrollTop = box.scrollHeight;
      if (before.current) before.current.height = box.scrollHeight;
    });
    watch.observe(box);
    for (const child of box.children) watch.observe(child);
    return () => watch.disconnect();
  }, []);

  return {
    ref,
    below,
    arrived,
    onScroll() {
      const box = ref.current;
      if (!box) return;
      isAtEnd.current = distance(box) < nearEnd;
      setBelow(isAtEnd.current ? 0 : distance(box));
      if (isAtEnd.current) setArrived(0);
      if (box.scrollTop < nearTop) onTop();
    },
    toEnd() {
      const box = ref.current;
      if (box) box.scrollTop = box.scrollHeight;
    },
  };
}

const distance = (box: HTMLElement) => box.scrollHeight - box.clientHeight - box.scrollTop;
