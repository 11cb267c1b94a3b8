import { expect, test } from "vitest";
import { readablePhone, shownName } from "./phone.ts";

test.each([
  ["84905117882", "0905 117 882"],
  ["+84905117882", "0905 117 882"],
  ["0905.117.882", "0905 117 882"],
  ["01621234567", "0321 234 567"],
  ["0905 *** 882", "0905 *** 882"],
  ["hỏi sau", "hỏi sau"],
])("a number written as %s reads %s", (written, read) => expect(readablePhone(written)).toBe(read));

test.each([
  ["+84905117882", "0905 117 882"],
  ["Trần Thị Hà", "Trần Thị Hà"],
  ["Hà 0905117882", "Hà 0905117882"],
])("a customer called %s shows as %s", (name, shown) => expect(shownName(name)).toBe(shown));
