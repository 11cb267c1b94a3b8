import { expect, test } from "vitest";
import { referencesOf } from "./references.ts";

test("what a reply refers to keeps the first of a long thread and its newest", () => {
  expect(referencesOf({ id: "c", references: ["a", "b"] })).toEqual(["a", "b", "c"]);
  const long = Array.from({ length: 40 }, (_, i) => `m${i}`);
  const kept = referencesOf({ id: "last", references: long });
  expect(kept).toHaveLength(20);
  expect([kept[0], kept[1], kept.at(-1)]).toEqual(["m0", "m22", "last"]);
});
