import { describe, expect, test } from "vitest";
import { defaultQueueRules } from "../contract/routing.ts";
import { changesBetween } from "./changes.ts";

describe("what a save has changed", () => {
  test("is told by its place, as deep as it goes, and nothing else is", () => {
    const was = { name: "CSKH", version: 1, rules: defaultQueueRules };
    const { priority } = defaultQueueRules;
    const is = {
      name: "CSKH",
      version: 2,
      rules: {
        ...defaultQueueRules,
        strategy: "most_skilled",
        priority: { ...priority, byTag: { VIP: 10 } },
      },
    };
    expect(changesBetween(was, is)).toEqual([
      { path: ["rules", "strategy"], was: "longest_idle", is: "most_skilled" },
      { path: ["rules", "priority", "byTag", "VIP"], was: null, is: 10 },
    ]);
    expect(changesBetween(is, is)).toEqual([]);
  });

  test("of a list says what is gone and what has come, or both orders", () => {
    const of = (ids: string[]) => ({ memberIds: ids });
    expect(changesBetween(of(["a", "b"]), of(["b", "c"]))).toEqual([
      { path: ["memberIds"], was: ["a"], is: ["c"] },
    ]);
    expect(changesBetween(of(["a", "b"]), of(["b", "a"]))).toEqual([
      { path: ["memberIds"], was: ["a", "b"], is: ["b", "a"] },
    ]);
  });

  test("of a week and its special days says which day", () => {
    const week = (monday: number) => [[[480, monday]], [], [], [], [], [], []];
    const tet = { date: "2027-02-06", name: "Tết", spans: [] };
    expect(changesBetween({ weekly: week(1_020), days: [] }, { weekly: week(1_080), days: [tet] })).toEqual([
      { path: ["weekly", "0"], was: [[480, 1_020]], is: [[480, 1_080]] },
      { path: ["days", "2027-02-06"], was: null, is: tet },
    ]);
  });

  test("of something new tells what it begins with, without what is empty", () => {
    expect(changesBetween(undefined, { id: "x", name: "Ca tối", memberIds: [], colour: null })).toEqual([
      { path: ["name"], was: null, is: "Ca tối" },
    ]);
  });

  test("who stands in a queue is told by who is named", () => {
    const was = { memberIds: ["a", "b"], namedIds: ["a"], teamIds: ["t"] };
    expect(changesBetween(was, { memberIds: ["a"], namedIds: ["a"], teamIds: [] })).toEqual([
      { path: ["teamIds"], was: ["t"], is: [] },
    ]);
  });
});
