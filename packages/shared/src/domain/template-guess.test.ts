import { expect, test } from "vitest";
import type { TemplateParam } from "../contract/templates.ts";
import { guessedValues } from "./template-guess.ts";

const param = (name: string, more: Partial<TemplateParam> = {}): TemplateParam => ({
  name,
  kind: "text",
  required: true,
  minLength: 1,
  maxLength: 30,
  ...more,
});
const mai = {
  name: "Phạm Thị Mai",
  attributes: { "Mã đơn": "SV-10377", "Ngày hẹn": "22/11/2026", Hạng: "9***1" },
};

test.each([
  ["customer_name", "Phạm Thị Mai"],
  ["customerName", "Phạm Thị Mai"],
  ["ten_khach_hang", "Phạm Thị Mai"],
  ["Họ tên", "Phạm Thị Mai"],
  ["ma_don", "SV-10377"],
  // Somebody else's name, or a thing's.
  ["shop_name", undefined],
  ["product_name", undefined],
  ["order_code", undefined],
  // What the reader may see only masked.
  ["hang", undefined],
])("%s is %s", (name, value) => {
  expect(guessedValues([param(name)], mai)[name]).toBe(value);
});

test("what does not fit is left to the writer, and so is a customer who is called by a number", () => {
  expect(guessedValues([param("name", { maxLength: 5 })], mai)).toEqual({});
  expect(
    guessedValues([param("ngay_hen", { kind: "date" }), param("ma_don", { kind: "date" })], mai),
  ).toEqual({
    ngay_hen: "22/11/2026",
  });
  expect(guessedValues([param("name")], { ...mai, name: "+84 902 345 678" })).toEqual({});
});
