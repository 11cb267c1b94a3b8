import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText, Id, line, Millis, PageSize, Seq, text, Version } from "./scalars.ts";

const anyString = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(fc.constantFrom("\u0000", "\ud83d", "\ude00", "😀", "e\u0302\u0301", "ế", " ", "a"), {
      maxLength: 40,
    })
    .map((p) => p.join("")),
);

describe("cleanText", () => {
  test("what comes out is stored by PostgreSQL, written as UTF-8 and compared by equality", () => {
    fc.assert(
      fc.property(anyString, (s) => {
        const clean = cleanText(s);
        expect(clean).not.toContain("\u0000");
        expect(clean.isWellFormed()).toBe(true);
        expect(new TextDecoder().decode(new TextEncoder().encode(clean))).toBe(clean.replace(/^\ufeff/, ""));
        expect(clean).toBe(clean.normalize("NFC"));
        expect(cleanText(clean)).toBe(clean);
        expect(cleanText(s.normalize("NFD"))).toBe(cleanText(s.normalize("NFC")));
      }),
    );
  });

  test("examples", () => {
    expect(cleanText("a\u0000b")).toBe("ab");
    expect(cleanText("\ud83d nửa")).toBe("\ufffd nửa");
    expect(cleanText("Tie\u0302\u0301ng Vie\u0323\u0302t")).toBe("Tiếng Việt");
    expect(cleanText("👩‍👩‍👧‍👦 😀")).toBe("👩‍👩‍👧‍👦 😀");
  });
});

describe("text and line", () => {
  test("the limit holds for the cleaned text", () => {
    fc.assert(
      fc.property(anyString, fc.integer({ min: 1, max: 60 }), (s, max) => {
        const parsed = text(max).safeParse(s);
        expect(parsed.success).toBe(Array.from(s).length <= 3 * max && cleanText(s).length <= max);
        if (parsed.success) expect(parsed.data).toBe(cleanText(s));
      }),
    );
  });

  test("a line is trimmed and not empty", () => {
    fc.assert(
      fc.property(anyString, (s) => {
        const parsed = line(1_000).safeParse(s);
        expect(parsed.success).toBe(cleanText(s).trim() !== "");
        if (parsed.success) expect(parsed.data).toBe(parsed.data.trim());
      }),
    );
    for (const empty of ["", "   ", "\n\t", "\u0000"]) expect(line(10).safeParse(empty).success).toBe(false);
  });

  test("decomposed text is taken when it fits composed, and an emoji counts as two", () => {
    expect(text(1).parse("e\u0302")).toBe("ê");
    expect(text(10).parse("e\u0302".repeat(10))).toBe("ê".repeat(10));
    expect(text(1).parse("ế".normalize("NFD"))).toBe("ế");
    expect(text(10).safeParse("😀".repeat(6)).success).toBe(false);
  });
});

test("numbers and ids", () => {
  for (const odd of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null]) {
    for (const schema of [Millis, Seq, Version, PageSize]) expect(schema.safeParse(odd).success).toBe(false);
  }
  expect(Version.safeParse(0).success).toBe(false);
  expect(Seq.parse(0)).toBe(0);
  expect([PageSize.parse(undefined), PageSize.safeParse(101).success]).toEqual([50, false]);
  expect(Id.safeParse("0198a8a2-7b1c-7000-8000-000000000001").success).toBe(true);
  expect(Id.safeParse("0198a8a2").success).toBe(false);
});
