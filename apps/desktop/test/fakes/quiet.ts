import { beforeEach, vi } from "vitest";

/** Refusals are logged, and most tests of the shell are refusals. */
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});
