import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, foldedWords } from "./fold.ts";

const letters = fc.string({
  unit: fc.constantFrom(...Array.from("aàảãáạăằâầđeèêềiìoòôồơờuùưừyỳbcdghklmnpqrstvx 0123456789")),
  maxLength: 60,
});

test("accents, case and form of Unicode do not matter", () => {
  fc.assert(
    fc.property(letters, (s) => {
      expect(fold(s.toUpperCase())).toBe(fold(s));
      expect(fold(s.normalize("NFD"))).toBe(fold(s.normalize("NFC")));
      expect(fold(s)).toMatch(/^[a-z0-9 ]*$/);
    }),
  );
  expect(fold("Đơn hàng CỦA Nguyễn Thị Hường")).toBe("don hang cua nguyen thi huong");
});

test("folding twice is folding once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 100 }), (s) => {
      expect(fold(fold(s))).toBe(fold(s));
    }),
  );
});

test("words are found where they stand in the folded text, in order", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (s) => {
      let from = 0;
      for (const word of foldedWords(s)) {
        const at = fold(s).indexOf(word, from);
        expect(at).toBeGreaterThanOrEqual(from);
        from = at + word.length;
      }
    }),
  );
  expect(foldedWords("Mã đơn: HD-2024/0071, giao Đà Nẵng!")).toEqual([
    "ma",
    "don",
    "hd",
    "2024",
    "0071",
    "giao",
    "da",
    "nang",
  ]);
});
