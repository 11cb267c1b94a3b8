import { describe, expect, test } from "vitest";
import { calledName, fold, foldForSearch, initials, rankCommand, splitByQuery, stableIndex } from "./text.ts";

describe("fold", () => {
  test("drops Vietnamese marks, đ included, and keeps lengths", () => {
    expect(fold("Đơn hàng ƯỚT")).toBe("don hang uot");
    for (const text of ["Nguyễn Thị Lan", "ﬁ", "😀 vui", "e\u0301"])
      expect(fold(text)).toHaveLength(text.length);
  });
  test("a decomposed text is found like a composed one", () => {
    expect(foldForSearch("Nguyễn".normalize("NFD"))).toBe("nguyen");
  });
});

describe("splitByQuery", () => {
  test("marks every word where it stands", () => {
    expect(splitByQuery("Trần Thị Lân, Lan", "lan")).toEqual([
      { text: "Trần Thị ", hit: false },
      { text: "Lân", hit: true },
      { text: ", ", hit: false },
      { text: "Lan", hit: true },
    ]);
  });
  test("an empty query marks nothing; special characters are plain", () => {
    expect(splitByQuery("a.b", " ")).toEqual([{ text: "a.b", hit: false }]);
    expect(splitByQuery("a.b", ".")).toContainEqual({ text: ".", hit: true });
    expect(splitByQuery("", "a")).toEqual([]);
  });
});

test("commands are found by the beginnings of words, without marks", () => {
  expect(rankCommand("Đi đến Hộp thư", "hop th")).toBeGreaterThan(0);
  expect(rankCommand("Đi đến Hộp thư", "ư x")).toBe(0);
  expect(rankCommand("Ghi chú", "gh")).toBeGreaterThan(rankCommand("Thêm ghi chú", "gh"));
});

test("initials are those of the first and the called name", () => {
  expect(initials("Nguyễn Thị Lan")).toBe("NL");
  expect(initials("ánh")).toBe("Á");
  expect(initials("Đỗ Đức")).toBe("ĐĐ");
  expect(initials("+84 901")).toBe("#");
  expect(initials("")).toBe("#");
});

test("a tint is stable and within range", () => {
  expect(stableIndex("abc", 6)).toBe(stableIndex("abc", 6));
  for (let i = 0; i < 200; i++) expect(stableIndex(`k${i}`, 6)).toBeLessThan(6);
});

test("people are called by the last word of their name", () => {
  expect(["Nguyễn Thị Lan", "Quản trị (Sen Việt)", "  Hà ", ""].map(calledName)).toEqual([
    "Lan",
    "trị",
    "Hà",
    "",
  ]);
});
