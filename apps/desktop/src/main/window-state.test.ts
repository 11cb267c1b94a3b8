import fc from "fast-check";
import { expect, test } from "vitest";
import { type Area, restoreWindow, type WindowState } from "./window-state.ts";

const left: Area = { x: 0, y: 0, width: 1920, height: 1040 };
const right: Area = { x: 1920, y: 0, width: 2560, height: 1400 };
const stored: WindowState = { x: 2000, y: 100, width: 1600, height: 1000, maximised: false };

test("comes back where it was", () => {
  expect(restoreWindow(stored, [left, right])).toEqual(stored);
});

test("a screen that is gone takes its place with it, not the size", () => {
  expect(restoreWindow(stored, [left])).toEqual({ width: 1600, height: 1000, maximised: false });
});

test("a title bar above the screen cannot be taken hold of", () => {
  expect(restoreWindow({ ...stored, y: -60 }, [left, right])).not.toHaveProperty("x");
  expect(restoreWindow({ ...stored, y: 1390 }, [left, right])).not.toHaveProperty("x");
  expect(restoreWindow({ ...stored, x: 4400 }, [left, right])).not.toHaveProperty("x");
});

test("a window is never larger than its screen nor too small to use", () => {
  expect(restoreWindow({ ...stored, x: 0, y: 0, width: 9000, height: 9000 }, [left])).toMatchObject({
    width: 1920,
    height: 1040,
  });
  expect(restoreWindow({ ...stored, width: 10, height: 10 }, [left])).toMatchObject({
    width: 1024,
    height: 640,
  });
  const small = { x: 0, y: 0, width: 800, height: 560 };
  expect(restoreWindow({ ...stored, x: 0, y: 0 }, [small])).toMatchObject({ width: 800, height: 560 });
});

test("whatever was stored, some of its title bar is on a screen", () => {
  const number = fc.integer({ min: -6000, max: 6000 });
  const size = fc.integer({ min: 1, max: 6000 });
  fc.assert(
    fc.property(number, number, size, size, (x, y, width, height) => {
      const placed = restoreWindow({ x, y, width, height, maximised: true }, [left, right]);
      expect(placed.maximised).toBe(true);
      const { x: px = 0, y: py = 0, width: pw } = placed;
      const seen = [left, right].some(
        (area) => py >= area.y && py < area.y + area.height && px < area.x + area.width && px + pw > area.x,
      );
      expect(seen).toBe(true);
    }),
  );
});
