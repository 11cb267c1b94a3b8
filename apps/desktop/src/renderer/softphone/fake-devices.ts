import type { AudioDevice } from "../state/talk.ts";
import { type AudioDesk, PhoneError, type Readiness } from "./softphone.ts";

/** Devices that are told what to hear. */
export interface FakeDevices extends AudioDesk {
  plug(devices: readonly AudioDevice[]): void;
  /** Somebody speaks before whatever microphone is listened to. */
  speak(level: number): void;
  /** Where it sounded: "tone" or "replay", and the speaker. */
  readonly sounded: readonly string[];
  readonly isListening: boolean;
}

export function createFakeDevices(microphone: () => Readiness["microphone"]): FakeDevices {
  const listeners = new Set<() => void>();
  const ears = new Set<(level: number) => void>();
  const sounded: string[] = [];
  let here: readonly AudioDevice[] = [];
  const need = (): void => {
    const state = microphone();
    if (state !== "ready") throw new PhoneError(`microphone_${state}`);
  };
  return {
    list: async () => here,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async listen(_, heard) {
      need();
      ears.add(heard);
      return () => void ears.delete(heard);
    },
    async sound(speaker) {
      sounded.push(`tone ${speaker ?? "own"}`);
    },
    async record(_, __, heard) {
      need();
      for (const ear of ears) ear(0.8);
      heard(0.8);
      return new Blob(["voice"]);
    },
    async replay(_, speaker) {
      sounded.push(`replay ${speaker ?? "own"}`);
    },
    plug(devices) {
      here = devices;
      for (const listener of listeners) listener();
    },
    speak(level) {
      for (const ear of ears) ear(level);
    },
    sounded,
    get isListening() {
      return ears.size > 0;
    },
  };
}
