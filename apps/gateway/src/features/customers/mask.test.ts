import { type Customer, maskText } from "@tongdai/shared";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hidesAnything, maskCustomer } from "./mask.ts";

test.each([
  ["0901234567", "0901 *** 567"],
  ["+84 901 234 567", "0901 *** 567"],
  ["+84901234567", "0901 *** 567"],
  ["84901234567", "0901 *** 567"],
  ["0084901234567", "0901 *** 567"],
  ["(028) 3822 9999", "0283 *** 999"],
  ["090.123.4567", "0901 *** 567"],
  ["01234567890", "0123 *** 890"],
  ["+14155552671", "1415 *** 671"],
  ["+1 (415) 555-2671", "1415 *** 671"],
  ["415555267", "415 *** 267"],
  ["lan@gmail.com", "l***@gmail.com"],
  ["Đặng.Lan+vip@thư.example.vn", "Đ***@thư.example.vn"],
  ["gọi 0901234567 hoặc lan@gmail.com.", "gọi 0901 *** 567 hoặc l***@gmail.com."],
  ["sđt: +84 901 234 567, sau 17h", "sđt: 0901 *** 567, sau 17h"],
  ["<lan@gmail.com>", "<l***@gmail.com>"],
  ["0901234567@sms.example.vn", "0***@sms.example.vn"],
])("%j is masked as %j", (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

test.each([
  "Nguyễn Thị Lan",
  "12 Lê Lợi, Quận 1",
  "1.500.000.000",
  "2026-01-15 10:30",
  "15-01-2026",
  "giao ngày 01-02-2026",
  "1900 1234",
  "24681012345678901",
  "DH0901234567",
  "🙂 مرحبا",
  "@lan",
  "",
])("%j is no address and stays", (text) => {
  expect(maskText(text)).toBe(text);
});

const customer: Customer = {
  id: "018f0000-0000-7000-8000-000000000001",
  name: "0901234567",
  attributes: { email: "lan@gmail.com", city: "Huế" },
  tags: ["VIP"],
  ownerId: null,
  identities: [
    {
      id: "018f0000-0000-7000-8000-000000000002",
      channel: "sms",
      accountId: "018f0000-0000-7000-8000-000000000003",
      externalId: "+84901234567",
      displayName: "0901234567",
      avatarMediaId: null,
    },
  ],
  createdAt: 1,
  version: 1,
};

test("every place of a customer that may hold an address is masked", () => {
  const masked = maskCustomer(customer);
  expect(masked.attributes).toEqual({ email: "l***@gmail.com", city: "Huế" });
  expect(JSON.stringify(masked)).not.toMatch(/901234567|lan@/);
  expect(hidesAnything(customer)).toBe(true);
  expect(hidesAnything(masked)).toBe(false);
});

test("masking again changes nothing, whatever the text", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("0901234567", "+84 901 234 567", "lan@gmail.com", " ", "-", "@", "\u0000"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const masked = maskText(pieces.join(""));
      expect(maskText(masked)).toBe(masked);
    }),
    { numRuns: 500 },
  );
});

test("a long run of digits or at-signs takes no long time", () => {
  const started = performance.now();
  for (const s of ["0".repeat(20_000), "0 ".repeat(10_000), "a@".repeat(10_000), "+".repeat(20_000)])
    maskText(s);
  expect(performance.now() - started).toBeLessThan(1_000);
});
