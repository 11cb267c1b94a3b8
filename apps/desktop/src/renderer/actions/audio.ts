import { PhoneError } from "../softphone/softphone.ts";
import type { AudioChoice, AudioDevice, PhoneErrorCode } from "../state/talk.ts";
import type { Client } from "./client.ts";
import { lookAtPhone } from "./phone.ts";
import { changePreferences } from "./set-preferences.ts";

const echoSeconds = 3;

const devicesOf = (client: Client) => {
  if (!client.line.kit) throw new PhoneError("not_connected");
  return client.line.kit.devices;
};
const chosen = (client: Client): AudioChoice => client.store.getState().ui.preferences.audio;

/** At once, also for a call that goes on. */
export async function chooseAudio(client: Client, change: Partial<AudioChoice>): Promise<void> {
  changePreferences(client, { audio: { ...chosen(client), ...change } });
  await client.line.kit?.phone.chooseAudio(chosen(client));
}

/** Tells of the devices now and whenever something is plugged in or out. @returns its undo */
export function followDevices(client: Client, told: (devices: readonly AudioDevice[]) => void): () => void {
  const tell = () => void devicesOf(client).list().then(told, client.report);
  tell();
  return devicesOf(client).onChange(tell);
}

/**
 * Tells how loud it is before the microphone, until the answer is called.
 *
 * @param failed with why it cannot be heard
 */
export function listenToMicrophone(
  client: Client,
  heard: (level: number) => void,
  failed: (code: PhoneErrorCode) => void,
): () => void {
  const listening = devicesOf(client).listen(chosen(client).microphone, heard);
  listening.then(
    // Allowed just now, perhaps.
    () => lookAtPhone(client).catch(client.report),
    (error: unknown) => (error instanceof PhoneError ? failed(error.code) : client.report(error)),
  );
  return () => void listening.then((stop) => stop()).catch(() => undefined);
}

export const tryDevice = (client: Client, which: "speaker" | "ring"): Promise<void> =>
  devicesOf(client).sound(chosen(client)[which]);

/** Records the person and plays it back. @returns how loud the loudest moment was, 0 to 1 */
export async function echo(client: Client, step: (step: "recording" | "playing") => void): Promise<number> {
  const devices = devicesOf(client);
  const { microphone, speaker } = chosen(client);
  let loudest = 0;
  step("recording");
  const recording = await devices.record(microphone, echoSeconds, (level) => {
    loudest = Math.max(loudest, level);
  });
  step("playing");
  await devices.replay(recording, speaker);
  return loudest;
}
