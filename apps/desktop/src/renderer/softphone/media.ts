import type { Clock } from "@tongdai/shared";
import type { Talk, TalkQuality } from "../state/talk.ts";
import type { PhoneAudio, Player } from "./audio.ts";
import { countOf, type MediaCount, type MediaStat, qualityBetween } from "./quality.ts";

/** The sound of one talk: its microphone, its connection, its loudspeaker. */
export interface Media {
  /** The microphone, opened once. @throws PhoneError */
  open(): Promise<MediaStream>;
  /** There is a connection now. @param remote what will be heard */
  attach(connection: RTCPeerConnection, remote: MediaStream): void;
  /** It was answered: from now on it is heard and judged. */
  start(): void;
  /** Whether our voice goes out; without it silence is sent, so that the line stays open. */
  send(on: boolean): void;
  /** To the devices that are chosen now. */
  move(isOtherMicrophone: boolean): Promise<void>;
  /** As RFC 4733. @returns false when the other side does not take them */
  press(keys: string): boolean;
  isHeldByPeer(): boolean;
  close(): void;
}

export interface MediaParts {
  readonly clock: Clock;
  readonly audio: PhoneAudio;
  readonly changed: (media: Talk["media"]) => void;
  readonly judged: (quality: TalkQuality) => void;
  readonly report: (error: unknown) => void;
}

const judgeEveryMs = 3_000;

export function createMedia({ clock, audio, changed, judged, report }: MediaParts): Media {
  let microphone: Promise<MediaStream> | null = null;
  let connection: RTCPeerConnection | null = null;
  let remote: MediaStream | null = null;
  let player: Player | null = null;
  let before: MediaCount | null = null;
  let isSending = true;
  let isStarted = false;
  let isClosed = false;
  let undo = (): void => {};

  const apply = (stream: MediaStream): void => {
    for (const track of stream.getAudioTracks()) track.enabled = isSending;
  };
  const stop = (stream: MediaStream): void => {
    for (const track of stream.getTracks()) track.stop();
  };

  async function open(): Promise<MediaStream> {
    microphone ??= audio.openMicrophone();
    const opening = microphone;
    try {
      const stream = await opening;
      // Hung up while the person was asked for the microphone: its light goes out.
      if (isClosed) stop(stream);
      else apply(stream);
      // Pulled out in mid-call: the talk goes on with another one.
      for (const track of stream.getAudioTracks())
        track.addEventListener("ended", () => {
          if (!isClosed && microphone === opening) void replaceMicrophone().catch(report);
        });
      return stream;
    } catch (error) {
      if (microphone === opening) microphone = null;
      throw error;
    }
  }

  /** Who offered late has no sound of the other side until the answer is here. */
  const play = (): void => {
    if (isStarted && !isClosed && remote && remote.getAudioTracks().length > 0) player ??= audio.play(remote);
  };

  async function replaceMicrophone(): Promise<void> {
    const sender = connection?.getSenders().find((s) => s.track?.kind === "audio");
    if (!sender) return;
    const old = microphone;
    microphone = null;
    await sender.replaceTrack((await open()).getAudioTracks()[0] ?? null);
    await old?.then(stop, () => undefined);
  }

  async function judge(): Promise<void> {
    if (!connection || isClosed) return;
    const now = countOf((await connection.getStats()).values() as Iterable<MediaStat>);
    if (isClosed) return;
    judged(qualityBetween(before, now));
    before = now;
    undo = clock.after(judgeEveryMs, () => void judge());
  }

  return {
    open,
    attach(made, heard) {
      connection = made;
      remote = heard;
      changed("connecting");
      made.addEventListener("track", play);
      made.addEventListener("connectionstatechange", () => {
        const state = made.connectionState;
        if (state === "connected") changed("flowing");
        else if (state === "disconnected" || state === "failed") changed("lost");
      });
    },
    start() {
      isStarted = true;
      play();
      undo();
      undo = clock.after(judgeEveryMs, () => void judge());
    },
    send(on) {
      isSending = on;
      // Opening it may have failed, which is told to whoever opened it.
      microphone?.then(apply, () => undefined);
    },
    async move(isOtherMicrophone) {
      player?.move();
      if (isOtherMicrophone) await replaceMicrophone();
    },
    press(keys) {
      const tones = connection?.getSenders()[0]?.dtmf;
      if (!tones?.canInsertDTMF) return false;
      tones.insertDTMF(tones.toneBuffer + keys, 120, 80);
      return true;
    },
    isHeldByPeer: () => /^a=(sendonly|inactive)\s*$/m.test(connection?.currentRemoteDescription?.sdp ?? ""),
    close() {
      isClosed = true;
      undo();
      player?.stop();
      microphone?.then(stop, () => undefined);
    },
  };
}
