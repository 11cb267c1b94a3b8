/**
 * How often components are drawn, told by React itself through the hook that its developer tools use. React looks for the hook
 * when it is loaded: the tests' set-up imports this before all else.
 */
export interface Renders {
  /** Times that the component of this name was drawn since the last `clear`. */
  of(name: string): number;
  clear(): void;
}

interface Fiber {
  readonly type: { readonly name?: string } | string | null;
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly flags: number;
}

/** React's mark on what was drawn in this pass. */
const performedWork = 1;

const counts = new Map<string, number>();

function children(fiber: Fiber | null): Fiber[] {
  const all: Fiber[] = [];
  for (let child = fiber?.child ?? null; child; child = child.sibling) all.push(child);
  return all;
}

/** What is the same object as before was not visited, and bears the marks of an earlier pass. */
function visit(fiber: Fiber, before: Fiber | null): void {
  const known = new Set(children(before));
  for (const child of children(fiber)) {
    if (known.has(child)) continue;
    const name = typeof child.type === "function" ? child.type.name : undefined;
    if (name && (child.flags & performedWork) !== 0) counts.set(name, (counts.get(name) ?? 0) + 1);
    visit(child, child.alternate);
  }
}

Object.assign(globalThis, {
  __REACT_DEVTOOLS_GLOBAL_HOOK__: {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: (_id: number, { current }: { current: Fiber }) => visit(current, current.alternate),
    onCommitFiberUnmount() {},
  },
});

export const renders: Renders = {
  of: (name) => counts.get(name) ?? 0,
  clear: () => counts.clear(),
};
