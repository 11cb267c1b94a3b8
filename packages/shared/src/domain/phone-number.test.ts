import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPhoneNumber } from "./phone-number.ts";

const e164 = (text: string): string | undefined => readPhoneNumber(text)?.e164;

describe("a telephone number", () => {
  it("is the same however it is written", () => {
    for (const text of [
      "0901234567",
      "+84901234567",
      "84901234567",
      "0084901234567",
      "+840901234567",
      "+84 (0) 90 123 4567",
      "090.123.4567",
      "090-123-4567",
      "090\u00a0123\u00a04567",
      " (090) 123 4567 ",
      "０９０１２３４５６７",
      "＋84901234567",
    ])
      expect([text, e164(text)]).toEqual([text, "+84901234567"]);
  });

  it.each([
    ["01621234567", "+84321234567", "viettel"],
    ["01691234567", "+84391234567", "viettel"],
    ["01201234567", "+84701234567", "mobifone"],
    ["01211234567", "+84791234567", "mobifone"],
    ["01221234567", "+84771234567", "mobifone"],
    ["01261234567", "+84761234567", "mobifone"],
    ["01281234567", "+84781234567", "mobifone"],
    ["01231234567", "+84831234567", "vinaphone"],
    ["01241234567", "+84841234567", "vinaphone"],
    ["01251234567", "+84851234567", "vinaphone"],
    ["01271234567", "+84811234567", "vinaphone"],
    ["01291234567", "+84821234567", "vinaphone"],
    ["01861234567", "+84561234567", "vietnamobile"],
    ["01881234567", "+84581234567", "vietnamobile"],
    ["+84 199 123 4567", "+84591234567", "gmobile"],
  ] as const)("of before 2018 is converted: %s", (old, now, carrier) => {
    expect(readPhoneNumber(old)).toEqual({ e164: now, kind: "mobile", carrier, converted: true });
  });

  it("is converted only where it has the old length", () => {
    expect(e164("0162123456")).toBeUndefined();
    expect(e164("01821234567")).toBeUndefined();
    expect(readPhoneNumber("0381234567")).toMatchObject({ e164: "+84381234567", converted: false });
  });

  it("of a network that is new to us is still a number", () => {
    expect(readPhoneNumber("0551234567")).toMatchObject({ kind: "mobile", carrier: "wintel" });
    expect(readPhoneNumber("0711234567")).toMatchObject({ kind: "mobile", carrier: null });
  });

  it("may be a fixed line, a service, or of another country", () => {
    expect(readPhoneNumber("028 3822 1234")).toMatchObject({ e164: "+842838221234", kind: "fixed" });
    expect(readPhoneNumber("1900 1234")).toMatchObject({ e164: "19001234", kind: "service" });
    expect(readPhoneNumber("1800599920")).toMatchObject({ kind: "service" });
    expect(readPhoneNumber("+1 415 867 5309")).toMatchObject({ e164: "+14158675309", kind: "foreign" });
    expect(e164("0033 1 42 68 53 00")).toBe("+33142685300");
  });

  it("is not every heap of digits", () => {
    for (const text of [
      "",
      "abc",
      "12345",
      "090123456",
      "09012345678",
      "4158675309",
      "+84",
      "0901234567x",
      "1900",
    ])
      expect([text, readPhoneNumber(text)]).toEqual([text, null]);
  });

  it("reads what it has written", () => {
    const rest = fc.stringMatching(/^\d{8}$/);
    const first = fc.constantFrom("3", "5", "7", "8", "9");
    fc.assert(
      fc.property(first, rest, (f, r) => {
        const once = readPhoneNumber(`0${f}${r}`);
        expect(readPhoneNumber(once?.e164 ?? "")).toEqual(once);
      }),
    );
  });
});
