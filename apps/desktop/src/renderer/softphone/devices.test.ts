import { expect, test } from "vitest";
import { levelOf } from "./devices.ts";

test("the level follows the ear: silence is 0, full scale 1, and half of it in decibels in the middle", () => {
  const constant = (value: number) => new Float32Array(64).fill(value);
  expect(levelOf(constant(0))).toBe(0);
  expect(levelOf(constant(1))).toBe(1);
  expect(levelOf(constant(10 ** (-30 / 20)))).toBeCloseTo(0.5, 5);
  expect(levelOf(constant(10 ** (-70 / 20)))).toBe(0);
});
