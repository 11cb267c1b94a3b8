/** Sounds, made here: nothing to fetch, nothing to license. */
export interface Sounds {
  message(): void;
  /** Rings until the answer is called. */
  ring(): () => void;
  /** Something on the floor is beyond its threshold. @param volume 0 to 1 */
  alarm(volume: number): void;
}

interface Tone {
  readonly hertz: number;
  readonly at: number;
  readonly lasts: number;
  readonly volume: number;
}

const messageTones: readonly Tone[] = [{ hertz: 660, at: 0, lasts: 0.16, volume: 0.05 }];
const ringTones: readonly Tone[] = [
  { hertz: 520, at: 0, lasts: 0.22, volume: 0.09 },
  { hertz: 660, at: 0.26, lasts: 0.22, volume: 0.09 },
];
/** Falling, so that nobody takes it for a call. */
const alarmTones: readonly Tone[] = [
  { hertz: 587, at: 0, lasts: 0.3, volume: 0.16 },
  { hertz: 494, at: 0.34, lasts: 0.3, volume: 0.16 },
  { hertz: 392, at: 0.68, lasts: 0.45, volume: 0.16 },
];
const ringEverySeconds = 1.8;

/** Chromium lets a context sound on a device of its own; its types are not in the library yet. */
type Routed = AudioContext & { readonly setSinkId?: (id: string) => Promise<void> };

/**
 * @param every runs something again and again; returns its undo
 * @param ringDevice where it rings; `null`: as everything else
 */
export function createSounds(
  every: (seconds: number, run: () => void) => () => void,
  ringDevice: () => string | null = () => null,
): Sounds {
  let usual: AudioContext | null = null;
  let forRinging: Routed | null = null;
  let device = "";

  function play(tones: readonly Tone[]): void {
    if (typeof AudioContext === "undefined") return;
    usual ??= new AudioContext();
    playOn(usual, tones);
  }

  function ring(): void {
    const chosen = ringDevice();
    if (chosen === null || typeof AudioContext === "undefined") play(ringTones);
    else ringOn(chosen);
  }

  function ringOn(chosen: string): void {
    const context: Routed = forRinging ?? new AudioContext();
    forRinging = context;
    const moved = device === chosen ? undefined : context.setSinkId?.(chosen);
    device = chosen;
    // A device that was unplugged: better a ring in the wrong place than none.
    Promise.resolve(moved)
      .catch(() => undefined)
      .then(() => playOn(context, ringTones))
      .catch(() => undefined);
  }

  function playOn(audio: AudioContext, tones: readonly Tone[]): void {
    // A page that nobody has touched yet may not sound: that is the browser's rule, and not a fault.
    if (audio.state === "suspended") audio.resume().catch(() => undefined);
    for (const tone of tones) playOne(audio, tone);
  }

  return {
    message: () => play(messageTones),
    alarm: (volume) => play(alarmTones.map((tone) => ({ ...tone, volume: tone.volume * volume }))),
    ring() {
      ring();
      return every(ringEverySeconds, ring);
    },
  };
}

function playOne(audio: AudioContext, { hertz, at, lasts, volume }: Tone): void {
  const start = audio.currentTime + at;
  const gain = audio.createGain();
  // Soft edges: a tone that starts at once clicks.
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume, start + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + lasts);
  const tone = audio.createOscillator();
  tone.type = "sine";
  tone.frequency.value = hertz;
  tone.connect(gain).connect(audio.destination);
  tone.start(start);
  tone.stop(start + lasts);
}
