import { expect, test } from "vitest";
import { findReferences } from "./references.ts";

test.for([
  ["Đơn DH12345 giao chậm", ["DH12345"]],
  ["đơn hàng số 240131 của em", ["240131"]],
  ["#88123 và HD-2026001, HD2026001", ["HD2026001", "88123"]],
  ["Giá 150000 được không, gọi 0901234567", []],
  ["iPhone15 Pro Max", []],
  ["xin chào", []],
] as const)("in %s: %j", ([text, references]) => {
  expect(findReferences(text)).toEqual(references);
});
