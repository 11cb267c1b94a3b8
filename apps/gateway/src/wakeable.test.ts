import { fakeClock } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import { createLog } from "./log.ts";
import { wakeable } from "./wakeable.ts";

function bench(pass: (round: number) => Promise<number | null>) {
  const clock = fakeClock();
  let rounds = 0;
  const worker = wakeable({
    name: "test",
    deps: () => ({ clock, log: createLog("silent") }),
    pass: () => pass(++rounds),
  });
  return { clock, worker, rounds: () => rounds };
}

test("wakes before a pass are one, a wake during it is one more", async () => {
  const { worker, rounds } = bench(async (round) => {
    if (round === 1) for (let i = 0; i < 5; i++) worker.wake();
    return null;
  });
  worker.wake();
  worker.wake();
  await worker.idle();
  expect(rounds()).toBe(2);
});

test("looks again by itself when it asked to", async () => {
  const { worker, clock, rounds } = bench(async () => 500);
  worker.wake();
  await worker.idle();
  clock.advance(499);
  await worker.idle();
  expect(rounds()).toBe(1);
  clock.advance(1);
  await worker.idle();
  expect(rounds()).toBe(2);
});

test("a pass that fails is tried again, and nothing runs after the end", async () => {
  const { worker, clock, rounds } = bench(async (round) => {
    if (round === 1) throw new Error("not now");
    return null;
  });
  worker.wake();
  await worker.idle();
  clock.advance(1_000);
  await worker.idle();
  expect(rounds()).toBe(2);
  await worker.close();
  worker.wake();
  clock.advance(10_000);
  await worker.idle();
  expect(rounds()).toBe(2);
});
