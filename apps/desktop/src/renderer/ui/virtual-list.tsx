import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import { cn } from "./cn.ts";

export interface RowState {
  readonly selected: boolean;
  readonly index: number;
}

export interface VirtualListHandle {
  /** For j and k pressed elsewhere than in the list. */
  move(by: number): void;
  open(): void;
  focus(): void;
  reveal(key: string): void;
}

export interface VirtualListProps<Item> {
  readonly items: readonly Item[];
  readonly getKey: (item: Item) => string;
  readonly rowHeight: number;
  readonly renderRow: (item: Item, state: RowState) => ReactNode;
  readonly label: string;
  readonly selectedKey: string | null;
  readonly onSelect: (key: string) => void;
  /** A second press on the selected row. Enter is the shortcut `list.open`: an offer comes before it. */
  readonly onOpen?: (key: string) => void;
  /** Stands above the rows in the same frame, so that its columns are theirs whatever the scroll bar takes. */
  readonly head?: { readonly content: ReactNode; readonly height: number };
  /** Stands over the row of this key and parts it and what follows from the rows before, for the eye: its rows say the same. */
  readonly heading?: { readonly before: string; readonly content: ReactNode; readonly height: number };
  readonly empty?: ReactNode;
  /** The reader is near the end: fetch more. */
  readonly onNearEnd?: () => void;
  readonly ref?: Ref<VirtualListHandle>;
  readonly className?: string;
}

const steps: Readonly<Record<string, number>> = {
  j: 1,
  ArrowDown: 1,
  k: -1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Rows below the view that are fetched before they are reached: a second of a fast wheel. */
const ahead = 80;

/** Thousands of rows, a screenful of them in the page. One stop for Tab; the rows are walked with j/k or arrows. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { items, getKey, rowHeight, renderRow, label, selectedKey, onSelect, onOpen } = props;
  const { head, heading, empty, onNearEnd, ref, className } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const headingOver = (item: Item | undefined): number =>
    heading && item !== undefined && getKey(item) === heading.before ? heading.height : 0;
  // oxlint-disable-next-line react/incompatible-library -- the compiler is not used; the rows are read while rendering
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + headingOver(items[index]),
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : getKey(item);
    },
    overscan: 6,
    scrollMargin: head?.height ?? 0,
    scrollPaddingStart: head?.height ?? 0,
    initialRect: { width: 320, height: rowHeight * 12 },
  });
  useStayInPlace(scroller, items, getKey, rowHeight);

  const selectedIndex = useMemo(
    () => (selectedKey === null ? -1 : items.findIndex((item) => getKey(item) === selectedKey)),
    [items, getKey, selectedKey],
  );

  const move = (by: number) => {
    if (items.length === 0) return;
    const from = selectedIndex < 0 ? (by > 0 ? -1 : items.length) : selectedIndex;
    const to = Math.min(items.length - 1, Math.max(0, from + by));
    const item = items[to];
    if (item === undefined || to === selectedIndex) return;
    virtual.scrollToIndex(to);
    onSelect(getKey(item));
  };
  const open = () => {
    if (selectedKey !== null && selectedIndex >= 0) onOpen?.(selectedKey);
  };

  useImperativeHandle(ref, () => ({
    move,
    open,
    focus: () => scroller.current?.focus({ preventScroll: true }),
    reveal: (key) => {
      const index = items.findIndex((item) => getKey(item) === key);
      if (index >= 0) virtual.scrollToIndex(index);
    },
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(by);
  };

  const rows = virtual.getVirtualItems();
  const parted = rows.find((row) => headingOver(items[row.index]) > 0);
  const lastShown = rows.at(-1)?.index ?? 0;
  const nearEnd = items.length > 0 && lastShown >= items.length - ahead;
  const arrivedNearEnd = useEffectEvent(() => onNearEnd?.());
  const count = items.length;
  useEffect(() => {
    // Again for each count: what was fetched may have been short.
    if (nearEnd && count > 0) arrivedNearEnd();
  }, [nearEnd, count]);

  if (items.length === 0 && empty !== undefined) return empty;
  const active = rows.some((row) => row.index === selectedIndex) ? `${id}-${selectedKey}` : undefined;
  return (
    <div
      ref={scroller}
      data-virtual-scroll
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={active}
      onKeyDown={onKeyDown}
      // The browser's own anchoring and ours would both correct, and the list would jump.
      className={cn("group/list focus-inset h-full overflow-y-auto [overflow-anchor:none]", className)}
    >
      {head && (
        <div aria-hidden className="sticky top-0 z-10" style={{ height: head.height }}>
          {head.content}
        </div>
      )}
      <div role="presentation" className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {heading && parted && (
          <div
            aria-hidden
            className="absolute inset-x-0 top-0"
            style={{
              height: heading.height,
              transform: `translateY(${parted.start - (head?.height ?? 0)}px)`,
            }}
          >
            {heading.content}
          </div>
        )}
        {rows.map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          const key = getKey(item);
          const selected = row.index === selectedIndex;
          return (
            <div
              key={key}
              id={`${id}-${key}`}
              role="option"
              tabIndex={-1}
              aria-selected={selected}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              onMouseDown={(event) => {
                // Focus stays on the list, so that j and k go on from here.
                if (event.target === event.currentTarget) event.preventDefault();
              }}
              onFocus={(event) => {
                // A press inside of the row focuses the row, which keeps Enter to itself; the list opens by it.
                if (event.target === event.currentTarget) scroller.current?.focus({ preventScroll: true });
              }}
              onClick={() => (selected ? open() : onSelect(key))}
              onKeyDown={undefined}
              // The rows lie over the ring of the list: the one that is walked from has its own.
              className={cn(
                "absolute inset-x-0 top-0 outline-none",
                selected &&
                  "focus-inset group-focus-visible/list:outline-2 group-focus-visible/list:outline-solid group-focus-visible/list:outline-focus",
              )}
              style={{
                height: rowHeight,
                transform: `translateY(${row.start + headingOver(item) - (head?.height ?? 0)}px)`,
              }}
            >
              {renderRow(item, { selected, index: row.index })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Rows that come in above push nothing away: the row at the top of the view stays where the eye left it. */
function useStayInPlace<Item>(
  scrollerRef: RefObject<HTMLDivElement | null>,
  items: readonly Item[],
  getKey: (item: Item) => string,
  rowHeight: number,
): void {
  const before = useRef(items);
  useLayoutEffect(() => {
    const previous = before.current;
    before.current = items;
    const node = scrollerRef.current;
    // At the very top one wants to see what is new.
    if (!node || node.scrollTop === 0 || previous === items) return;
    const top = Math.floor(node.scrollTop / rowHeight);
    // The row itself may have moved away; then its next surviving neighbour holds the place.
    for (let index = top; index < Math.min(previous.length, top + 30); index++) {
      const item = previous[index];
      const now = item === undefined ? -1 : indexNear(items, getKey, { key: getKey(item), from: index });
      if (now < 0) continue;
      if (now !== index) node.scrollTop += (now - index) * rowHeight;
      return;
    }
  }, [scrollerRef, items, getKey, rowHeight]);
}

/** Rows looked through above and below: a row that went farther has gone away. */
const nearby = 500;

/** Where a row is now that was at `from`; -1: not near. One change moves a row by little, and a list may have 100 000. */
function indexNear<Item>(
  items: readonly Item[],
  getKey: (item: Item) => string,
  { key, from }: { key: string; from: number },
): number {
  const isAt = (index: number) => {
    const item = items[index];
    return item !== undefined && getKey(item) === key;
  };
  for (let away = 0; away <= nearby; away++) {
    if (isAt(from + away)) return from + away;
    if (isAt(from - away)) return from - away;
  }
  return -1;
}
