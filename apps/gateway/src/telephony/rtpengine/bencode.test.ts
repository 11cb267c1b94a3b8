import { expect, test } from "vitest";
import { decode, encode, type Value } from "./bencode.ts";

test.for<[Value, string]>([
  [0, "i0e"],
  [-42, "i-42e"],
  ["", "0:"],
  ["số", "4:số"],
  [["a", 1], "l1:ai1ee"],
  [{ command: "ping", none: undefined, list: [] }, "d7:command4:ping4:listlee"],
])("%j is written as %s", ([value, text]) => {
  expect(encode(value)).toBe(text);
  expect(decode(Buffer.from(text))).toEqual(JSON.parse(JSON.stringify(value)));
});

test.for([
  "",
  "i1",
  "iae",
  "5:abc",
  "-1:a",
  "99999999999999999999999:",
  "l1:a",
  "d1:a",
  "1:a1:b",
  "l".repeat(99),
])("%s is refused", (text) => {
  expect(() => decode(Buffer.from(text))).toThrow(RangeError);
});
