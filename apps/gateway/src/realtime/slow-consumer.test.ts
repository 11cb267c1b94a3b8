import { fakeClock } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import { guardBacklog } from "./slow-consumer.ts";

function slowSocket(packets: { data?: string }[]) {
  const clock = fakeClock();
  let ended = false;
  const socket = {
    conn: { writeBuffer: packets },
    disconnect: () => {
      ended = true;
    },
  };
  const undo = guardBacklog(clock, socket);
  return { clock, undo, ended: () => ended };
}

test.each([
  ["a few packets", 10, 100, false],
  ["as many packets as may wait", 1_000, 10, false],
  ["more packets than may wait", 1_001, 10, true],
  ["few packets of 5 MB together", 5, 1024 * 1024, true],
])("%s", (_what, count, length, gone) => {
  const s = slowSocket(Array.from({ length: count }, () => ({ data: "x".repeat(length) })));
  s.clock.advance(2_000);
  expect(s.ended()).toBe(gone);
});

test("nobody is looked at after the end", () => {
  const s = slowSocket(Array.from({ length: 2_000 }, () => ({})));
  s.undo();
  s.clock.advance(60_000);
  expect(s.ended()).toBe(false);
});
