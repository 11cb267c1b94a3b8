import { RATE, toUlaw } from "./sound.ts";

const PCM = 1;
const ULAW = 7;

/**
 * The sound of a WAV file: one channel of 8,000 samples a second, 16 bits or µ-law.
 * @returns µ-law. @throws Error whose message says what is wrong with the file
 */
export function readWav(file: Buffer): Buffer {
  if (file.toString("latin1", 0, 4) !== "RIFF" || file.toString("latin1", 8, 12) !== "WAVE")
    throw new Error("this is no WAV file");
  const format = chunk(file, "fmt ");
  const data = chunk(file, "data");
  if (!format || format.length < 16 || !data) throw new Error("the WAV file is cut off");
  const [coding, channels, rate] = [format.readUInt16LE(0), format.readUInt16LE(2), format.readUInt32LE(4)];
  const bits = format.readUInt16LE(14);
  if (channels !== 1 || rate !== RATE)
    throw new Error(`one channel of ${RATE} samples a second is wanted, not ${channels} of ${rate}`);
  if (coding === ULAW && bits === 8) return data;
  if (coding !== PCM || bits !== 16) throw new Error("samples of 16 bits or µ-law are wanted");
  return Buffer.from(Array.from({ length: data.length >> 1 }, (_, i) => toUlaw(data.readInt16LE(2 * i))));
}

function chunk(file: Buffer, name: string): Buffer | undefined {
  for (let at = 12; at + 8 <= file.length; ) {
    const length = file.readUInt32LE(at + 4);
    if (file.toString("latin1", at, at + 4) === name) return file.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  return undefined;
}
