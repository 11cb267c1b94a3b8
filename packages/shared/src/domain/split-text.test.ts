import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitText } from "./split-text.ts";

const segmenter = new Intl.Segmenter("vi", { granularity: "grapheme" });
const graphemes = (s: string): string[] => [...segmenter.segment(s)].map((g) => g.segment);
const words = (list: string[]): string[] => list.filter((g) => g.trim() !== "");
const inked = (s: string): string[] => words(graphemes(s));

const piece = fc.constantFrom(
  ...Array.from("aăâđêôơư "),
  "ế",
  "e\u0302\u0301",
  " \u0300",
  "\n",
  "\r\n",
  "  ",
  "👩‍👩‍👧‍👦",
  "🇻🇳",
  "👍🏽",
  "❤️",
  "\u200d",
  "\ufe0f",
  "ทำ",
);
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((p) => p.join("")),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 200 }),
);
const limit = fc.integer({ min: 2, max: 40 });

describe("splitText", () => {
  test("no part is longer than the limit, and none is empty or only white space beside others", () => {
    fc.assert(
      fc.property(anyText, limit, (s, max) => {
        const parts = splitText(s, max);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
        if (parts.length > 1) expect(parts.filter((p) => p.trim() === "")).toEqual([]);
        expect(parts.length).toBeGreaterThan(0);
      }),
    );
  });

  test("nothing but white space is lost, and no grapheme that fits is cut", () => {
    fc.assert(
      fc.property(anyText, limit, (s, max) => {
        const parts = splitText(s, max);
        const whole = inked(s);
        if (whole.every((g) => g.length <= max)) expect(parts.flatMap(inked)).toEqual(whole);
        else expect(parts.join("").replace(/\s/g, "")).toBe(s.replace(/\s/g, ""));
      }),
    );
  });

  test("well-formed text stays well-formed", () => {
    fc.assert(
      fc.property(anyText, limit, (s, max) => {
        for (const part of splitText(s.toWellFormed(), max)) expect(part.isWellFormed()).toBe(true);
      }),
    );
  });

  test("text within the limit is left as it is", () => {
    fc.assert(
      fc.property(anyText, (s) => {
        expect(splitText(s, Math.max(2, s.length))).toEqual([s]);
      }),
    );
  });

  test("cuts at a space where one stands in the second half, else at the limit", () => {
    expect(splitText("xin chào quý khách", 10)).toEqual(["xin chào", "quý khách"]);
    expect(splitText("a bcdefghijkl", 8)).toEqual(["a bcdefg", "hijkl"]);
    expect(splitText("dòng một\ndòng hai", 9)).toEqual(["dòng một", "dòng hai"]);
    expect(splitText("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 12)).toEqual(["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]);
  });

  test("white space at the ends makes no message of its own", () => {
    expect(splitText(`${" ".repeat(30)}chào${"\n".repeat(30)}`, 10)).toEqual(["chào"]);
  });

  test("a letter with a hundred marks is cut, between code points", () => {
    const parts = splitText(`a${"\u0301".repeat(100)}`, 30);
    expect(parts.join("")).toHaveLength(101);
    expect(splitText("👩‍👩‍👧‍👦", 4).every((p) => p.isWellFormed())).toBe(true);
  });

  test("the work grows with the text, not with its square", () => {
    const long = "Đơn hàng của quý khách đã được gửi đi. ".repeat(5_200);
    expect(splitText(long, 2_000).length).toBeGreaterThanOrEqual(100);
  });
});
