import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alphabetOf, costlyLetters } from "./alphabet.ts";
import { optOutWord } from "./opt-out.ts";
import { plainSms } from "./plain.ts";
import { countSms, splitSms } from "./segments.ts";

const times = (letter: string, n: number): string => letter.repeat(n);

describe("segments", () => {
  it.each([
    ["160 letters", times("a", 160), 1],
    ["161 letters", times("a", 161), 2],
    ["306 letters", times("a", 306), 2],
    ["307 letters", times("a", 307), 3],
    ["a sign of two septets at the end", `${times("a", 159)}€`, 2],
    ["a sign of two septets across the limit", `${times("a", 152)}€${times("a", 152)}`, 3],
    ["an emoji across the limit", `${times("ă", 66)}😀${times("ă", 66)}`, 3],
    ["70 letters with marks", times("ă", 70), 1],
    ["71 letters with marks", times("ă", 71), 2],
    ["134 letters with marks", times("ă", 134), 2],
    ["135 letters with marks", times("ă", 135), 3],
    ["35 emoji", times("😀", 35), 1],
    ["36 emoji", times("😀", 36), 2],
    ["67 emoji", times("😀", 67), 3],
    ["nothing", "", 1],
  ])("%s", (_, text, segments) => {
    expect(countSms(text).segments).toBe(segments);
    expect(splitSms(text)).toHaveLength(segments);
  });

  it("says how much is used and left", () => {
    expect(countSms("Xin chào quý khách")).toEqual({ alphabet: "ucs2", units: 18, segments: 1, left: 52 });
    expect(countSms("Xin chao [khach] €")).toEqual({ alphabet: "gsm7", units: 21, segments: 1, left: 139 });
    expect(countSms(times("a", 161))).toMatchObject({ units: 161, left: 145 });
  });

  it("lose nothing, and cut no sign", () => {
    const letters = fc.constantFrom("a", "€", "ă", "😀", "]", "\n", "Đ");
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 500 }), (text) => {
        const parts = splitSms(text);
        expect(parts.join("")).toBe(text);
        for (const part of parts) expect(part.isWellFormed()).toBe(true);
        const room = alphabetOf(text) === "gsm7" ? 160 : 70;
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(room);
      }),
    );
  });
});

describe("the alphabet", () => {
  it("has seven of the accented Vietnamese letters", () => {
    const vowels = ["aăâ", "eê", "i", "oôơ", "uư", "y"].join("");
    const marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
    const accented = Array.from(vowels)
      .flatMap((v) => marks.map((m) => (v + m).normalize("NFC")))
      .filter((v) => !"aeiouy".includes(v))
      .concat("đ");
    const all = [...accented, ...accented.map((v) => v.toUpperCase())];
    expect(all).toHaveLength(134);
    expect(all.filter((v) => alphabetOf(v) === "gsm7")).toEqual(Array.from("àèéìòùÉ"));
  });

  it("names what makes a text dear", () => {
    expect(costlyLetters("Quý khách ơi, “đơn” ổn")).toEqual(["ý", "á", "ơ", "“", "đ", "”", "ổ"]);
    expect(costlyLetters("Khach hang @ _ $ é à")).toEqual([]);
  });
});

describe("a text made plain", () => {
  it("loses every mark, those that the alphabet has too, and nothing else that it has", () => {
    expect(plainSms("Đơn hàng của Quý khách — “đã giao”…")).toBe('Don hang cua Quy khach - "da giao"...');
    expect(plainSms("Bé né ở ngõ, ÉN: 5€ @ _ $ ß Ø")).toBe("Be ne o ngo, EN: 5€ @ _ $ ß Ø");
    expect(plainSms("Tiền:\u00a01.500.000₫")).toBe("Tien: 1.500.000d");
    expect(plainSms("ệ".normalize("NFD"))).toBe("e");
    expect(plainSms("được 😀")).toBe("duoc 😀");
  });
});

describe("opting out", () => {
  it.each([
    "STOP",
    " stop. ",
    "tc",
    "TC",
    "Từ chối",
    "TỪ  CHỐI!",
    "unsubscribe",
    '"STOP"',
    "Stop, ",
    "ST\u200bOP",
    "ＳＴＯＰ",
    "Từ chối",
    "tu-choi 🙏",
  ])("%s", (text) => {
    expect(optOutWord(text)).toBe("stop");
  });
  it.each([
    "dừng lại giúp tôi",
    "tôi muốn hủy đơn",
    "TC 1",
    "stop it",
    "Hủy",
    "",
    "!",
    "🙏",
    "s t o p",
    "Không STOP nhé",
  ])("is not asked for by: %s", (text) => {
    expect(optOutWord(text)).toBeNull();
  });
  it("has the words of the account, and STOP and TC whatever those are", () => {
    const own = { stop: ["Hủy"], start: ["CÓ"] };
    expect(["HUỶ", "tc", "Stop", "cancel", "co", "start"].map((text) => optOutWord(text, own))).toEqual([
      "stop",
      "stop",
      "stop",
      null,
      "start",
      null,
    ]);
  });
  it("is nothing that was left empty in the settings", () => {
    expect(optOutWord("", { stop: ["."], start: ["!"] })).toBeNull();
    expect(optOutWord("🙏", { stop: ["."], start: [] })).toBeNull();
  });
  it("is taken back", () => {
    expect(optOutWord("Start")).toBe("start");
    expect(optOutWord("đăng ký lại")).toBe("start");
  });
});
