import { browserClock } from "../../src/renderer/net/browser-clock.ts";
import { createPhoneAudio, type PhoneAudio } from "../../src/renderer/softphone/audio.ts";
import { createSipPhone } from "../../src/renderer/softphone/sip.ts";
import { PhoneError, type PhoneEvent, type Softphone } from "../../src/renderer/softphone/softphone.ts";
import { shareIn } from "./goertzel.ts";

/** A page with a phone and nothing else, for the tests of sound: it speaks in a tone of its own and listens for others. */
const real = createPhoneAudio((error) => console.error(error));
let tone: number | null = null;
let isAllowed = true;
let heard: AnalyserNode | null = null;
let context: AudioContext | null = null;

const sound = (): AudioContext => (context ??= new AudioContext());

function toneStream(hertz: number): MediaStream {
  const source = new OscillatorNode(sound(), { frequency: hertz });
  const out = new MediaStreamAudioDestinationNode(sound());
  source.connect(new GainNode(sound(), { gain: 0.4 })).connect(out);
  source.start();
  return out.stream;
}

const audio: PhoneAudio = {
  ...real,
  openMicrophone() {
    if (!isAllowed) return Promise.reject(new PhoneError("microphone_denied"));
    return tone === null ? real.openMicrophone() : Promise.resolve(toneStream(tone));
  },
  play(stream) {
    heard = new AnalyserNode(sound(), { fftSize: 8_192 });
    new MediaStreamAudioSourceNode(sound(), { mediaStream: stream }).connect(heard);
    return real.play(stream);
  },
};

const shareOf = (hertz: number): number => (heard ? shareIn(heard, hertz) : 0);

const connections: RTCPeerConnection[] = [];
const Plain = RTCPeerConnection;
// SIP.js keeps the connection to itself; what it counted is asked of the browser's own object.
window.RTCPeerConnection = class extends Plain {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

/** Packets of sound in and out of the newest connection. */
async function packets() {
  const stats = [...((await connections.at(-1)?.getStats())?.values() ?? [])];
  const of = (type: string) => stats.find((s) => s.type === type && s.kind === "audio");
  return {
    received: of("inbound-rtp")?.packetsReceived ?? 0,
    sent: of("outbound-rtp")?.packetsSent ?? 0,
    connections: connections.length,
  };
}

const phone = createSipPhone({
  clock: browserClock,
  audio,
  newId: () => crypto.randomUUID(),
  random: Math.random,
  report: (error) => console.error(String(error)),
});
const events: PhoneEvent[] = [];
phone.subscribe((event) => events.push(event));

type Asked = Exclude<keyof Softphone, "subscribe">;

/** What a test may ask of the page; everything that goes to and fro is plain. */
const phonePage = {
  events: () => events,
  packets,
  shareOf,
  speakAt(hertz: number | null) {
    tone = hertz;
    return sound().resume();
  },
  allowMicrophone(is: boolean) {
    isAllowed = is;
  },
  /** @returns the phone's answer, or the code of what it refused with */
  async ask(name: Asked, args: unknown[]): Promise<{ answer?: unknown; refused?: string }> {
    try {
      const asked = phone[name] as (...all: unknown[]) => Promise<unknown>;
      return { answer: await asked(...args) };
    } catch (error) {
      return { refused: error instanceof PhoneError ? error.code : String(error) };
    }
  },
};

export type PhonePage = typeof phonePage;

Object.assign(window, { phonePage });
