import { DISPOSITION_DEPTH, type Disposition } from "@tongdai/shared";

/** A line of the tree as it is edited: the lines below it that stand deeper are its children. */
export interface TreeLine {
  readonly key: number;
  readonly depth: number;
  readonly name: string;
  readonly resolved: boolean;
}

export const linesOf = (tree: readonly Disposition[], newKey: () => number, depth = 0): readonly TreeLine[] =>
  tree.flatMap(({ name, resolved, children }) => [
    { key: newKey(), depth, name, resolved },
    ...linesOf(children ?? [], newKey, depth + 1),
  ]);

/** How many lines a line carries with it, itself included. */
function span(lines: readonly TreeLine[], at: number): number {
  const depth = lines[at]?.depth ?? 0;
  let to = at + 1;
  while (to < lines.length && (lines[to]?.depth ?? 0) > depth) to++;
  return to - at;
}

export const isGroup = (lines: readonly TreeLine[], at: number): boolean => span(lines, at) > 1;

/** The tree that the lines draw; lines without a name are left out with what stands under them. */
export function treeOf(lines: readonly TreeLine[]): Disposition[] {
  const tree: Disposition[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    const length = span(lines, at);
    const children = treeOf(lines.slice(at + 1, at + length));
    const name = line?.name.trim() ?? "";
    if (line && name !== "")
      tree.push({ name, resolved: line.resolved, ...(children.length > 0 ? { children } : {}) });
    at += length;
  }
  return tree;
}

/** A line and what it carries one level deeper or less deep; `null` where that cannot be. */
export function shifted(lines: readonly TreeLine[], at: number, by: 1 | -1): readonly TreeLine[] | null {
  const line = lines[at];
  const before = lines[at - 1];
  if (!line || line.depth + by < 0) return null;
  const length = span(lines, at);
  if (by === 1) {
    const deepest = Math.max(...lines.slice(at, at + length).map((l) => l.depth));
    if (!before || line.depth > before.depth || deepest + 1 >= DISPOSITION_DEPTH) return null;
  }
  return lines.map((l, i) => (i >= at && i < at + length ? { ...l, depth: l.depth + by } : l));
}

/** A line and what it carries before or behind its neighbour of the same level; `null` where it has none. */
export function moved(lines: readonly TreeLine[], at: number, by: 1 | -1): readonly TreeLine[] | null {
  const depth = lines[at]?.depth;
  if (depth === undefined) return null;
  const length = span(lines, at);
  if (by === 1) {
    const next = at + length;
    if (lines[next]?.depth !== depth) return null;
    return moved(lines, next, -1);
  }
  let to = at - 1;
  while (to >= 0 && (lines[to]?.depth ?? 0) > depth) to--;
  if (lines[to]?.depth !== depth) return null;
  return [
    ...lines.slice(0, to),
    ...lines.slice(at, at + length),
    ...lines.slice(to, at),
    ...lines.slice(at + length),
  ];
}

/** Without a line and what it carries. */
export const removed = (lines: readonly TreeLine[], at: number): readonly TreeLine[] =>
  lines.toSpliced(at, span(lines, at));

/** With a new line behind one, at its level, before what it carries. */
export const added = (lines: readonly TreeLine[], at: number, key: number): readonly TreeLine[] => {
  const depth = isGroup(lines, at) ? (lines[at]?.depth ?? 0) + 1 : (lines[at]?.depth ?? 0);
  return lines.toSpliced(at + 1, 0, { key, depth, name: "", resolved: true });
};

/** Where each line's name stands in what is sent; empty for a line that is left out. */
export function namePaths(lines: readonly TreeLine[]): readonly string[] {
  const places: number[] = [];
  return lines.map(({ depth, name }) => {
    places.length = Math.min(places.length, depth + 1);
    if (name.trim() === "") return "";
    places[depth] = (places[depth] ?? -1) + 1;
    return `dispositions.${places.slice(0, depth + 1).join(".children.")}.name`;
  });
}
