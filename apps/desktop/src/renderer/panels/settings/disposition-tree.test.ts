import { DispositionTree } from "@tongdai/shared";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  added,
  linesOf,
  moved,
  namePaths,
  removed,
  shifted,
  type TreeLine,
  treeOf,
} from "./disposition-tree.ts";

const drawn = (lines: readonly TreeLine[]) => lines.map((l) => "  ".repeat(l.depth) + l.name).join("\n");
const draw = (text: string): TreeLine[] =>
  text
    .split("\n")
    .filter((row) => row.trim())
    .map((row, key) => ({ key, depth: row.search(/\S/) / 2, name: row.trim(), resolved: true }));

const lines = draw("xong\nkhiếu nại\n  giao chậm\n  hàng lỗi\n    đổi\nkhác");

test("a line takes what stands under it along, before or behind its neighbour", () => {
  expect(drawn(moved(lines, 1, -1) ?? [])).toBe("khiếu nại\n  giao chậm\n  hàng lỗi\n    đổi\nxong\nkhác");
  expect(drawn(moved(lines, 1, 1) ?? [])).toBe("xong\nkhác\nkhiếu nại\n  giao chậm\n  hàng lỗi\n    đổi");
  expect(drawn(moved(lines, 3, -1) ?? [])).toBe("xong\nkhiếu nại\n  hàng lỗi\n    đổi\n  giao chậm\nkhác");
  expect(moved(lines, 0, -1)).toBeNull();
  expect(moved(lines, 2, -1)).toBeNull();
  expect(moved(lines, 5, 1)).toBeNull();
});

test("a line goes under the one before it, and out again, within three levels", () => {
  expect(drawn(shifted(lines, 5, 1) ?? [])).toBe("xong\nkhiếu nại\n  giao chậm\n  hàng lỗi\n    đổi\n  khác");
  expect(drawn(shifted(lines, 3, -1) ?? [])).toBe("xong\nkhiếu nại\n  giao chậm\nhàng lỗi\n  đổi\nkhác");
  expect(shifted(lines, 0, 1)).toBeNull();
  expect(shifted(lines, 2, 1)).toBeNull();
  expect(shifted(lines, 1, 1)).toBeNull();
  expect(shifted(lines, 4, 1)).toBeNull();
});

test("removing takes what stands under it too; a new line comes next, in a group as its first", () => {
  expect(drawn(removed(lines, 1))).toBe("xong\nkhác");
  expect(added(lines, 0, 9)[1]).toMatchObject({ key: 9, depth: 0 });
  expect(added(lines, 1, 9)[2]).toMatchObject({ key: 9, depth: 1 });
});

test("each name is found again where the schema finds fault with it", () => {
  const twice = draw("a\nb\n  c\n  c");
  const fault = DispositionTree.safeParse(treeOf(twice));
  const path = fault.error?.issues[0]?.path.join(".") ?? "";
  expect(namePaths(twice).indexOf(`dispositions.${path}`)).toBe(3);
});

test("whatever is done with it, it stays a tree, and a tree is the same after being written as lines", () => {
  const step = fc.record({
    what: fc.constantFrom("in", "out", "up", "down", "add", "remove"),
    at: fc.nat(20),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let now: readonly TreeLine[] = lines;
      for (const [i, { what, at }] of steps.entries()) {
        now = done(now, { what, at: at % now.length, key: 100 + i });
        const depths = now.map((l) => l.depth);
        expect(depths.every((depth, n) => depth < 3 && depth <= (depths[n - 1] ?? -1) + 1)).toBe(true);
        const tree = treeOf(now);
        expect(treeOf(linesOf(tree, () => 0))).toEqual(tree);
      }
    }),
  );
});

function done(was: readonly TreeLine[], { what, at, key }: { what: string; at: number; key: number }) {
  const named = (l: TreeLine) => (l.key === key ? { ...l, name: `n${key}` } : l);
  switch (what) {
    case "in":
      return shifted(was, at, 1) ?? was;
    case "out":
      return shifted(was, at, -1) ?? was;
    case "up":
      return moved(was, at, -1) ?? was;
    case "down":
      return moved(was, at, 1) ?? was;
    case "add":
      return added(was, at, key).map(named);
    default: {
      const left = removed(was, at);
      return left.length === 0 ? was : left;
    }
  }
}
