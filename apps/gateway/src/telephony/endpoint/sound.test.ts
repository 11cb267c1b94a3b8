import { describe, expect, test } from "vitest";
import { FRAME, SILENCE, toUlaw, tune } from "./sound.ts";
import { createTicker } from "./ticker.ts";
import { readWav } from "./wav.ts";

test.for<[number, number]>([
  [0, SILENCE],
  [32_767, 0x80],
  [-32_768, 0x00],
  [1_000, 0xce],
  [-1_000, 0x4e],
])("the sample %i is %i in µ-law", ([sample, octet]) => {
  expect(toUlaw(sample)).toBe(octet);
});

test("our own tune is whole packets of sound that begin and end quietly", () => {
  const sound = tune();
  expect(sound.length % FRAME).toBe(0);
  expect([sound[0], sound.at(-1)].map((octet) => (octet ?? 0) | 0x80)).toEqual([
    SILENCE,
    expect.toSatisfy((o) => o > 0xc0),
  ]);
});

function wav(
  o: { coding?: number; channels?: number; rate?: number; bits?: number; data?: Buffer } = {},
): Buffer {
  const { coding = 1, channels = 1, rate = 8_000, bits = 16, data = Buffer.from([0, 0, 0xff, 0x7f]) } = o;
  const format = Buffer.alloc(24);
  format.write("fmt ");
  format.writeUInt32LE(16, 4);
  format.writeUInt16LE(coding, 8);
  format.writeUInt16LE(channels, 10);
  format.writeUInt32LE(rate, 12);
  format.writeUInt16LE(bits, 22);
  const other = Buffer.from("LIST\u0003\0\0\0abc\0", "latin1");
  const head = Buffer.from("data\0\0\0\0", "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([Buffer.from("RIFF\0\0\0\0WAVE", "latin1"), format, other, head, data]);
}

describe("a WAV file", () => {
  test("of 16 bits becomes µ-law, one of µ-law stays, whatever else lies in it", () => {
    expect([...readWav(wav())]).toEqual([SILENCE, 0x80]);
    expect([...readWav(wav({ coding: 7, bits: 8, data: Buffer.from([1, 2]) }))]).toEqual([1, 2]);
  });

  test.for([
    ["no WAV file", Buffer.from("ID3")],
    ["cut off", wav().subarray(0, 30)],
    ["2 of 8000", wav({ channels: 2 })],
    ["1 of 44100", wav({ rate: 44_100 })],
    ["16 bits or µ-law", wav({ bits: 24 })],
  ] as const)("is refused with its reason: %s", ([reason, file]) => {
    expect(() => readWav(file)).toThrow(reason);
  });
});

describe("the beat", () => {
  function beating() {
    let now = 0;
    let next: { at: number; run: () => void } | undefined;
    const ticker = createTicker(
      () => now,
      (ms, run) => {
        next = { at: now + ms, run };
        return () => {
          next = undefined;
        };
      },
    );
    return {
      ticker,
      runs: () => next !== undefined,
      /** The machine gets to it so late. */
      pass(late = 0) {
        const due = next;
        next = undefined;
        now = (due?.at ?? now) + late;
        due?.run();
      },
    };
  }

  test("comes every 20 ms, and what came late is made up for", () => {
    const { ticker, pass, runs } = beating();
    let played = 0;
    const stop = ticker.add(() => played++);
    for (let i = 0; i < 50; i++) pass(i % 5 === 0 ? 31 : 0.4);
    const before = played;
    pass();
    expect(played).toBe(before + 1);
    stop();
    expect(runs()).toBe(false);
  });

  test("pours nothing out after a long sleep", () => {
    const { ticker, pass } = beating();
    let played = 0;
    ticker.add(() => played++);
    pass();
    pass(60_000);
    expect(played).toBeLessThan(5);
  });
});
