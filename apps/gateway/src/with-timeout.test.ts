import { fakeClock } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import { withTimeout } from "./with-timeout.ts";

test("what answers in time gives its answer, and the timer ends with it", async () => {
  const clock = fakeClock();
  let signal: AbortSignal | undefined;
  const answer = withTimeout(clock, 1_000, async (s) => {
    signal = s;
    return "here";
  });
  expect(await answer).toBe("here");
  clock.advance(1_000);
  expect(signal?.aborted).toBe(false);
});

test("what does not listen to the abort is left behind all the same", async () => {
  const clock = fakeClock();
  let signal: AbortSignal | undefined;
  const answer = withTimeout(clock, 1_000, (s) => {
    signal = s;
    return new Promise<never>(() => {});
  });
  clock.advance(1_000);
  await expect(answer).rejects.toMatchObject({ code: "timeout" });
  expect(signal?.aborted).toBe(true);
});
