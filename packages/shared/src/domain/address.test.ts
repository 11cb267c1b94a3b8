import { expect, test } from "vitest";
import { readAddress } from "./address.ts";

test("a number is read however it is written, also as it was called before 2018", () => {
  for (const typed of ["0901 234 567", "+84 (0) 901.234.567", "84901234567", "00 84 901234567"])
    expect(readAddress("phone", typed)).toBe("+84901234567");
  expect(readAddress("phone", "0163 234 5678")).toBe("+84332345678");
  expect(readAddress("phone", "+1 202 555 0143")).toBe("+12025550143");
});

test("what takes no texts is no number to write to", () => {
  for (const typed of ["028 3822 1234", "1900 1234", "Lan", "0901 234", ""])
    expect(readAddress("phone", typed)).toBeNull();
});

test("an e-mail address is one whatever its letters' size, and nothing else is", () => {
  expect(readAddress("email", " Lan@Example.VN ")).toBe("lan@example.vn");
  for (const typed of ["lan@", "lan example.vn", "a@b\nBcc: c@d.vn", "0901234567"])
    expect(readAddress("email", typed)).toBeNull();
});
