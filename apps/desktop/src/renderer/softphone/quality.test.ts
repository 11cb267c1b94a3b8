import { expect, test } from "vitest";
import { countOf, type MediaCount, qualityBetween } from "./quality.ts";

const count = (change: Partial<MediaCount>): MediaCount => ({
  received: 0,
  lost: 0,
  jitter: 0.002,
  level: 0.1,
  roundTrip: 0.02,
  ...change,
});

test("a clean line is good, and each fault makes it worse", () => {
  const clean = qualityBetween(null, count({ received: 150 }));
  expect(clean.score).toBeGreaterThan(4.2);
  const faulty = [
    count({ received: 140, lost: 10 }),
    count({ received: 150, roundTrip: 0.9 }),
    count({ received: 150, jitter: 0.15 }),
  ];
  for (const each of faulty) expect(qualityBetween(null, each).score).toBeLessThan(clean.score);
  expect(qualityBetween(null, count({ received: 50, lost: 100 })).score).toBeLessThan(2);
});

test("what counts is what came since the last time", () => {
  const before = count({ received: 1_000, lost: 500 });
  expect(qualityBetween(before, count({ received: 1_100, lost: 500 })).loss).toBe(0);
  expect(qualityBetween(before, count({ received: 1_075, lost: 525 })).loss).toBe(0.25);
});

test("a connection that begins to count anew after a transfer has lost nothing", () => {
  const quality = qualityBetween(count({ received: 1_000, lost: 5 }), count({ received: 20, lost: 0 }));
  expect(quality).toMatchObject({ loss: 0 });
});

test("what the browser reports is read from the reports of sound, and may be missing", () => {
  expect(countOf([])).toEqual({ received: 0, lost: 0, jitter: 0, level: 0, roundTrip: null });
  const reports = [
    { type: "inbound-rtp", kind: "video", packetsReceived: 9 },
    { type: "inbound-rtp", kind: "audio", packetsReceived: 7, packetsLost: 1, jitter: 0.5, audioLevel: 0.2 },
    { type: "candidate-pair", nominated: true, state: "succeeded", currentRoundTripTime: 0.3 },
  ];
  expect(countOf(reports)).toEqual({ received: 7, lost: 1, jitter: 0.5, level: 0.2, roundTrip: 0.3 });
});
