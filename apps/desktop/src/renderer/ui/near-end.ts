import { type RefObject, useEffect, useEffectEvent } from "react";

const near = 400;

/** Tells when the reader has scrolled near the end of a box, and when what is in it does not fill it. @param count of entries shown */
export function useNearEnd(box: RefObject<HTMLElement | null>, count: number, onNearEnd: () => void): void {
  const look = useEffectEvent(() => {
    const node = box.current;
    if (node && node.scrollHeight - node.scrollTop - node.clientHeight < near) onNearEnd();
  });
  useEffect(() => {
    const node = box.current;
    if (!node) return;
    const onScroll = () => look();
    node.addEventListener("scroll", onScroll, { passive: true });
    return () => node.removeEventListener("scroll", onScroll);
  }, [box]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more entries are a reason to look again
  useEffect(() => look(), [count]);
}
