import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyTable, type Table, tableGet, tableRemove, tableSet, tableValues } from "./table.ts";

test("says what a Map says, and never changes what was handed out", () => {
  const step = fc.record({ key: fc.nat(40).map(String), value: fc.option(fc.nat(5), { nil: null }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const plain = new Map<string, number>();
      let table: Table<number> = emptyTable;
      for (const { key, value } of steps) {
        const before = [...tableValues(table)];
        const next: Table<number> = value === null ? tableRemove(table, key) : tableSet(table, key, value);
        if (value === null) plain.delete(key);
        else plain.set(key, value);
        expect([...tableValues(table)]).toEqual(before);
        table = next;
        expect(tableGet(table, key)).toBe(plain.get(key));
        expect(table.size).toBe(plain.size);
      }
      const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);
      expect(sorted(tableValues(table))).toEqual(sorted(plain.values()));
    }),
  );
});

test("gives itself back when nothing changes", () => {
  const one = tableSet<number>(emptyTable, "a", 1);
  expect(tableSet(one, "a", 1)).toBe(one);
  expect(tableRemove(one, "b")).toBe(one);
});
