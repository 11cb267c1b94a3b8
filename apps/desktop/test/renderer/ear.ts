import { shareIn } from "./goertzel.ts";

/** Put before the scripts of a page whose sound is to be proven: what its newest connection hears and counts. */
const connections: RTCPeerConnection[] = [];
const Plain = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Plain {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

const media = navigator.mediaDevices as MediaDevices | undefined;
const open = media?.getUserMedia.bind(media);
// A tone that does not change is noise to whatever cleans speech.
if (media && open)
  media.getUserMedia = () =>
    open({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });

let context: AudioContext | undefined;
let heard: { readonly analyser: AnalyserNode; readonly track: MediaStreamTrack } | undefined;

function analyser(): AnalyserNode | undefined {
  const track = connections.at(-1)?.getReceivers()[0]?.track;
  if (!track) return undefined;
  if (heard?.track !== track) {
    context ??= new AudioContext();
    heard = { analyser: new AnalyserNode(context, { fftSize: 8_192 }), track };
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(
      heard.analyser,
    );
  }
  return heard.analyser;
}

const ear = {
  hears(hertz: number): number {
    const at = analyser();
    return at ? shareIn(at, hertz) : 0;
  },
  async packets() {
    const stats = [...((await connections.at(-1)?.getStats())?.values() ?? [])];
    const of = (type: string) => stats.find((s) => s.type === type && s.kind === "audio");
    return {
      received: of("inbound-rtp")?.packetsReceived ?? 0,
      sent: of("outbound-rtp")?.packetsSent ?? 0,
    };
  },
};

export type Ear = typeof ear;

Object.assign(window, { ear });
