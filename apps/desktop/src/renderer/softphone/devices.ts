import type { Clock } from "@tongdai/shared";
import type { AudioDevice } from "../state/talk.ts";
import { openMicrophone } from "./audio.ts";
import type { AudioDesk } from "./softphone.ts";

/** So many times a second the level is told. */
const levelsPerSecond = 15;
const toneHertz = 440;
const toneSeconds = 0.9;

/** The machine's microphones and loudspeakers, for choosing and trying them. */
export function createAudioDesk(clock: Clock): AudioDesk {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  return {
    async list() {
      const found = (await media?.enumerateDevices()) ?? [];
      return found.flatMap(({ kind, deviceId: id, label }): AudioDevice[] => {
        // Chromium lists the machine's own choice a second time under these names.
        if (id === "" || id === "default" || id === "communications") return [];
        if (kind === "audioinput") return [{ id, kind: "microphone", label }];
        return kind === "audiooutput" ? [{ id, kind: "speaker", label }] : [];
      });
    },
    onChange(listener) {
      media?.addEventListener("devicechange", listener);
      return () => media?.removeEventListener("devicechange", listener);
    },
    async listen(microphone, heard) {
      const stream = await openMicrophone(microphone);
      const stop = meter(clock, stream, heard);
      return () => {
        stop();
        release(stream);
      };
    },
    async sound(speaker) {
      const context = new AudioContext();
      const out = new MediaStreamAudioDestinationNode(context);
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.linearRampToValueAtTime(0.2, context.currentTime + 0.05);
      gain.gain.linearRampToValueAtTime(0.0001, context.currentTime + toneSeconds);
      const tone = new OscillatorNode(context, { frequency: toneHertz });
      tone.connect(gain).connect(out);
      tone.start();
      const element = new Audio();
      element.srcObject = out.stream;
      try {
        await onSpeaker(element, speaker);
        await ended(tone, () => tone.stop(context.currentTime + toneSeconds));
      } finally {
        element.srcObject = null;
        await context.close();
      }
    },
    async record(microphone, seconds, heard) {
      const stream = await openMicrophone(microphone);
      const stop = meter(clock, stream, heard);
      try {
        return await recorded(clock, stream, seconds);
      } finally {
        stop();
        release(stream);
      }
    },
    async replay(recording, speaker) {
      const url = URL.createObjectURL(recording);
      const element = new Audio(url);
      try {
        const over = new Promise<void>((resolve) => element.addEventListener("ended", () => resolve()));
        await onSpeaker(element, speaker);
        await over;
      } finally {
        URL.revokeObjectURL(url);
      }
    },
  };
}

/** Tells how loud a stream is, 0 to 1, some times a second. @returns its undo */
export function meter(clock: Clock, stream: MediaStream, heard: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1_024 });
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let undo = (): void => {};
  const look = (): void => {
    analyser.getFloatTimeDomainData(samples);
    heard(levelOf(samples));
    undo = clock.after(1_000 / levelsPerSecond, look);
  };
  look();
  return () => {
    undo();
    void context.close();
  };
}

/**
 * How loud it is to the ear: -60 dB and less is 0, full scale 1.
 *
 * @param samples of -1 to 1
 */
export function levelOf(samples: Float32Array): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(Math.max(energy, 1e-12));
  return Math.min(1, Math.max(0, 1 + decibels / 60));
}

function recorded(clock: Clock, stream: MediaStream, seconds: number): Promise<Blob> {
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  return new Promise((resolve, reject) => {
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    recorder.addEventListener("stop", () => resolve(new Blob(parts, { type: recorder.mimeType })));
    recorder.addEventListener("error", () => reject(new Error("the recorder failed")));
    recorder.start();
    clock.after(seconds * 1_000, () => recorder.stop());
  });
}

/** On the one that was chosen; on the machine's own when that one is gone. */
async function onSpeaker(element: HTMLAudioElement, speaker: string | null): Promise<void> {
  if (speaker !== null) await element.setSinkId(speaker).catch(() => undefined);
  await element.play();
}

function ended(tone: OscillatorNode, begin: () => void): Promise<void> {
  return new Promise((resolve) => {
    tone.addEventListener("ended", () => resolve());
    begin();
  });
}

const release = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};
