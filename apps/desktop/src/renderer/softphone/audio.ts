import type { AudioChoice } from "../state/talk.ts";
import { PhoneError, type Readiness } from "./softphone.ts";

export interface PhoneAudio {
  choice(): AudioChoice;
  choose(choice: AudioChoice): void;
  /** @throws PhoneError */
  openMicrophone(): Promise<MediaStream>;
  /** Whether it could be opened, without opening it. */
  microphone(): Promise<Readiness["microphone"]>;
  /** Sounds on the chosen speaker until the answer is called. */
  play(stream: MediaStream): Player;
}

export interface Player {
  /** To the speaker that is chosen now. */
  move(): void;
  stop(): void;
}

/** The browser's devices. */
export function createPhoneAudio(report: (error: unknown) => void): PhoneAudio {
  let chosen: AudioChoice = { microphone: null, speaker: null, ring: null };
  return {
    choice: () => chosen,
    choose(choice) {
      chosen = choice;
    },
    openMicrophone: () => openMicrophone(chosen.microphone),
    microphone,
    play(stream) {
      const element = new Audio();
      element.autoplay = true;
      element.srcObject = stream;
      // A speaker that was unplugged: the machine's own one sounds then.
      const move = () => void element.setSinkId(chosen.speaker ?? "").catch(report);
      if (chosen.speaker !== null) move();
      element.play().catch(report);
      return {
        move,
        stop() {
          element.pause();
          element.srcObject = null;
        },
      };
    },
  };
}

/** A microphone that is gone is replaced by the machine's own: a talk without sound helps nobody. */
export async function openMicrophone(id: string | null): Promise<MediaStream> {
  const clean = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const media = navigator.mediaDevices as MediaDevices | undefined;
  // Pages by plain HTTP from another machine have none.
  if (!media) throw new PhoneError("microphone_missing");
  try {
    return await media.getUserMedia({ audio: id === null ? clean : { ...clean, deviceId: { exact: id } } });
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") throw new PhoneError("microphone_denied");
    if (id !== null) return openMicrophone(null);
    throw new PhoneError("microphone_missing");
  }
}

async function microphone(): Promise<Readiness["microphone"]> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (!media) return "missing";
  const [allowed, devices] = await Promise.all([
    navigator.permissions.query({ name: "microphone" as PermissionName }),
    media.enumerateDevices(),
  ]);
  if (allowed.state === "denied") return "denied";
  return devices.some((device) => device.kind === "audioinput") ? "ready" : "missing";
}
