import { expect, test } from "vitest";
import { endOfReason, endOfRefusal } from "./cause.ts";

test.each([
  [486, "busy"],
  [480, "no_answer"],
  [404, "not_found"],
  [603, "declined"],
  [503, "failed"],
  [0, "failed"],
] as const)("a call that was refused with %i ends as %s", (status, end) => {
  expect(endOfRefusal(status)).toBe(end);
});

test("what was taken by somebody else meanwhile is told apart from who gave up", () => {
  const elsewhere = ['SIP;cause=480;text="answered elsewhere"', 'Q.850;cause=26;text="answered elsewhere"'];
  expect(endOfReason(elsewhere, "withdrawn")).toBe("answered_elsewhere");
  expect(endOfReason(['Q.850 ; cause=16;text="normal clearing"'], "withdrawn")).toBe("withdrawn");
  expect(endOfReason([], "withdrawn")).toBe("withdrawn");
  expect(endOfReason(["Q.850;cause=19"], "withdrawn")).toBe("no_answer");
});

test("a talk whose other side was lost did not end by somebody's will", () => {
  expect(endOfReason(["Q.850;cause=41"], "peer_hung_up")).toBe("connection_lost");
  expect(endOfReason(["Q.850;cause=26"], "peer_hung_up")).toBe("peer_hung_up");
});
