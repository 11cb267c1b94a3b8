import { fakeClock } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import { createChanges, createDecision } from "./changes.ts";
import { PhoneError } from "./softphone.ts";

function talk(...answers: number[]) {
  const clock = fakeClock();
  const asked: string[] = [];
  const over = Promise.withResolvers<never>();
  over.promise.catch(() => undefined);
  const ask = async (what: string) => {
    asked.push(what);
    return answers.shift() ?? (await new Promise<number>(() => undefined));
  };
  return { clock, asked, over, ...createChanges({ clock, random: () => 0, ask, over: over.promise }) };
}

test("a change that crossed with theirs is asked once more, a while later", async () => {
  const { make, clock, asked } = talk(491, 200);
  const made = make("hold");
  await expect.poll(() => clock.pending).toBe(1);
  expect(asked).toEqual(["hold"]);
  clock.advance(2_000);
  await made;
  expect(asked).toEqual(["hold", "hold"]);
});

test("a refusal is told, and the next change may be made", async () => {
  const { make, isRunning } = talk(488, 200);
  await expect(make("hold")).rejects.toMatchObject({ code: "refused" });
  expect(isRunning()).toBe(false);
  await make("hold");
});

test("one at a time, and the end of the talk is the end of the wait", async () => {
  const { make, over } = talk();
  const first = make("hold");
  await expect(make("resume")).rejects.toMatchObject({ code: "wrong_phase" });
  over.reject(new PhoneError("wrong_phase"));
  await expect(first).rejects.toMatchObject({ code: "wrong_phase" });
});

test("a transfer is decided by the last word about it, not by the first", async () => {
  const made = createDecision();
  for (const body of ["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK\r\n"]) made.told(body);
  await made.promise;
  const refused = createDecision();
  refused.told("SIP/2.0 100 Trying");
  refused.told("SIP/2.0 603 Decline");
  await expect(refused.promise).rejects.toMatchObject({ code: "refused" });
});
