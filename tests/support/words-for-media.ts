import { audio } from "../../apps/gateway/src/telephony/edge/testing/phone.ts";

/**
 * WebRTC without sound, for Node: descriptions go to and fro as browsers send them, and a connection stands as soon as both
 * are there. What SIP.js and the softphone use of it, and no more.
 */
export function wordsForMedia(): () => void {
  const globals = {
    window: new EventTarget(),
    MediaStream: Stream,
    MediaStreamTrackEvent: TrackEvent,
    RTCPeerConnection: Connection,
  };
  const before = Object.keys(globals).map((key) => [key, Reflect.get(globalThis, key)] as const);
  Object.assign(globalThis, globals);
  return () => {
    for (const [key, value] of before)
      if (value === undefined) Reflect.deleteProperty(globalThis, key);
      else Reflect.set(globalThis, key, value);
  };
}

let ids = 0;

export class Track extends EventTarget {
  readonly kind = "audio";
  readonly id = `track-${++ids}`;
  enabled = true;
  stop(): void {}
}

export class Stream extends EventTarget {
  private readonly tracks = new Set<Track>();
  constructor(tracks: readonly Track[] = []) {
    super();
    for (const track of tracks) this.tracks.add(track);
  }
  addTrack = (track: Track): unknown => this.tracks.add(track);
  removeTrack = (track: Track): unknown => this.tracks.delete(track);
  getTracks = (): Track[] => [...this.tracks];
  getAudioTracks = this.getTracks;
  getVideoTracks = (): Track[] => [];
  getTrackById = (id: string): Track | null => this.getTracks().find((track) => track.id === id) ?? null;
}

class TrackEvent extends Event {
  readonly track: Track;
  constructor(type: string, { track }: { track: Track }) {
    super(type);
    this.track = track;
  }
}

interface Description {
  readonly type: "offer" | "answer";
  readonly sdp: string;
}

class Connection extends EventTarget {
  signalingState = "stable";
  connectionState = "new";
  readonly iceGatheringState = "complete";
  localDescription: Description | null = null;
  remoteDescription: Description | null = null;
  currentRemoteDescription: Description | null = null;
  ontrack: ((event: { track: Track }) => void) | null = null;
  private readonly sender = {
    track: null as Track | null,
    dtmf: { canInsertDTMF: true, toneBuffer: "", insertDTMF: () => undefined },
    replaceTrack: async (track: Track) => {
      this.sender.track = track;
    },
  };
  private readonly receiver = { track: new Track() };
  private readonly transceiver = { direction: "sendrecv", currentDirection: "sendrecv" };
  getSenders = () => [this.sender];
  getReceivers = () => [this.receiver];
  getTransceivers = () => [this.transceiver];
  getStats = async () => new Map();
  addTrack(track: Track): void {
    this.sender.track = track;
  }
  createOffer = async () => this.description("offer");
  createAnswer = async () => this.description("answer");
  async setLocalDescription(description: Description): Promise<void> {
    this.localDescription = description;
    this.settle(description, "have-local-offer");
  }
  async setRemoteDescription(description: Description): Promise<void> {
    this.remoteDescription = description;
    this.settle(description, "have-remote-offer");
    this.ontrack?.({ track: this.receiver.track });
    this.dispatchEvent(new Event("track"));
  }
  close(): void {
    this.signalingState = "closed";
  }
  private description(type: Description["type"]): Description {
    return { type, sdp: audio(this.transceiver.direction) };
  }
  private settle({ type }: Description, open: string): void {
    if (this.signalingState === "closed") throw new Error("the connection is closed");
    this.signalingState = type === "offer" ? open : "stable";
    if (type === "offer") return;
    this.currentRemoteDescription = this.remoteDescription;
    this.connectionState = "connected";
    queueMicrotask(() => this.dispatchEvent(new Event("connectionstatechange")));
  }
}
