/** Samples a second of all sound here: G.711's. */
export const RATE = 8_000;
/** Samples, and octets of G.711, in a packet of 20 ms. */
export const FRAME = 160;
/** Silence in µ-law. */
export const SILENCE = 0xff;

/** One sample, of 16 bits, as G.711 µ-law has it (ITU-T G.711). */
export function toUlaw(sample: number): number {
  const value = Math.min(32_635, Math.abs(Math.trunc(sample))) + 132;
  const exponent = 24 - Math.clz32(value);
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((value >> (exponent + 3)) & 0x0f)) & 0xff;
}

const G4 = 392;
const notes = [G4, 494, 587, 784, 659, 587, 494, 440];
const NOTE = 0.6;

/** A quiet tune of our own, made of tones, that begins again where it ends. @returns µ-law */
export function tune(): Buffer {
  const length = NOTE * RATE;
  const sound = Buffer.alloc(notes.length * length);
  for (const [i, hertz] of notes.entries())
    for (let at = 0; at < length; at++) {
      const t = at / RATE;
      // Struck and fading, with a little of the octave, so that notes do not click.
      const loud = 5_000 * Math.min(1, t / 0.02) * Math.exp(-3 * t);
      const wave = Math.sin(2 * Math.PI * hertz * t) + 0.3 * Math.sin(4 * Math.PI * hertz * t);
      sound[i * length + at] = toUlaw(loud * wave);
    }
  return sound;
}
