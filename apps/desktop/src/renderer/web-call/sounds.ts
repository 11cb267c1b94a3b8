/** What is played into the visitor's ear while nobody speaks: made here, so that no file and no licence is needed. */
export interface Sounds {
  /** `null`: silence. */
  play(what: "music" | "ringback" | null): void;
  close(): void;
}

/** Hertz of a slow pentatonic figure, over two roots. */
const figure = [392, 440, 523.25, 587.33, 659.25, 587.33, 523.25, 440];
const roots = [130.81, 174.61];
const beat = 0.6;

/** Vietnam's ringing tone: 425 Hz, one second of five. */
const ring = { hertz: 425, on: 1, every: 5 };

export function createSounds(): Sounds {
  let context: AudioContext | null = null;
  let master: GainNode | null = null;
  let playing: "music" | "ringback" | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  let written = 0;

  function tone(hertz: number, at: number, seconds: number, loud: number): void {
    if (!context || !master) return;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loud, at + Math.min(0.08, seconds / 4));
    gain.gain.setTargetAtTime(0, at + seconds * 0.6, seconds / 5);
    const source = new OscillatorNode(context, { frequency: hertz, type: "triangle" });
    source.connect(gain).connect(master);
    source.start(at);
    source.stop(at + seconds * 2);
  }

  /** Writes the sound of the next seconds; called again before they are over. */
  function ahead(): void {
    if (!context) return;
    const until = context.currentTime + 4;
    written = Math.max(written, context.currentTime + 0.05);
    while (written < until) {
      if (playing === "ringback") {
        tone(ring.hertz, written, ring.on, 0.12);
        written += ring.every;
      } else {
        const n = Math.round(written / beat);
        tone(figure[n % figure.length] ?? 440, written, beat * 1.6, 0.07);
        if (n % figure.length === 0)
          tone(roots[Math.floor(n / figure.length) % roots.length] ?? 130, written, beat * 6, 0.06);
        written += beat;
      }
    }
  }

  function silence(): void {
    clearInterval(timer);
    // What was written ahead goes with its output.
    master?.disconnect();
    master = null;
  }

  return {
    play(what) {
      if (what === playing) return;
      playing = what;
      silence();
      if (what === null) return;
      context ??= new AudioContext();
      void context.resume();
      master = new GainNode(context);
      master.connect(context.destination);
      written = 0;
      ahead();
      timer = setInterval(ahead, 1_000);
    },
    close() {
      playing = null;
      silence();
      void context?.close();
      context = null;
    },
  };
}
